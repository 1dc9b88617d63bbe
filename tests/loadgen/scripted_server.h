// A server on the loopback that does to each connection what a test says.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "lib/fd.h"

namespace sockmark {

// One accepted connection, blocking. It closes when its script returns.
class Peer {
 public:
  explicit Peer(Fd fd) : fd_(std::move(fd)) {}

  // The client's, without its port.
  std::string address() const;

  // Waits for the end of a request's head. False when the client has closed or
  // reset the connection instead.
  bool read_request();
  // Each call a packet of its own.
  void send(std::string_view bytes);
  // Sends back what comes, until the client closes.
  void echo();
  // Waits until the client closes.
  void hang();
  void reset();

 private:
  Fd fd_;
  std::string unread_;
};

// Runs the script on every connection, each in a thread of its own. Destroy it
// when its clients are closed: it waits for the scripts.
class ScriptedServer {
 public:
  using Script = std::function<void(Peer&)>;

  explicit ScriptedServer(Script script);
  ~ScriptedServer();

  std::uint16_t port() const { return port_; }
  // From now on connections are refused. Callable from a script.
  void stop_accepting();

 private:
  void accept_all();

  const Script script_;
  Fd listener_;
  std::uint16_t port_ = 0;
  std::vector<std::jthread> peers_;  // of the accepting thread
  std::jthread accepting_;
};

// A port on which nobody listens, and no server of another test will: it stays
// bound as long as this process lives.
std::uint16_t closed_port();

// The script of a server that answers each request with these bytes.
ScriptedServer::Script answers(const std::string& reply);
// ... and closes behind the first.
ScriptedServer::Script answers_once(const std::string& reply);

}  // namespace sockmark
