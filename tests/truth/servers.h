// Servers that know the truth: what they did to each request, and for how long.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "lib/fd.h"
#include "tests/loadgen/scripted_server.h"

namespace sockmark {

// A reply of 200.
extern const std::string kReply;

// Sleeps, and spins at the end: a sleep alone ends as late as timers are.
void wait_precisely(std::chrono::nanoseconds duration);

// How long a server took: from the whole request to its reply handed to the
// kernel. Shared by its threads.
class ServiceTimes {
 public:
  void add(std::chrono::nanoseconds time);

  // Of the requests so far; there has to be one.
  std::chrono::nanoseconds median() const;
  std::chrono::nanoseconds mean() const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::chrono::nanoseconds> times_;
};

// Replies to each request after the time that `wait` gives for its number,
// counted from 0 over all connections. `times` must outlive the server.
ScriptedServer::Script answers_after(
    std::function<std::chrono::nanoseconds(std::uint64_t)> wait,
    ServiceTimes& times);

// Replies after a fixed time. It never sleeps, so that its account starts when
// a request comes and not when a thread wakes up for it.
class PunctualServer {
 public:
  // `times` must outlive the server.
  PunctualServer(std::chrono::nanoseconds time, ServiceTimes& times);

  std::uint16_t port() const;

 private:
  struct Client;

  void serve(const std::stop_token& stop);
  // Whether the client is still there.
  bool attend_to(Client& client);

  std::chrono::nanoseconds time_;
  ServiceTimes& times_;
  Fd listener_;
  std::jthread serving_;
};

// What goes wrong instead of a reply. Whether the connection goes on.
using Fault = std::function<bool(Peer&)>;

struct FaultLog {
  std::atomic<std::uint64_t> requests = 0;
  std::atomic<std::uint64_t> faults = 0;
};

// Replies to nine of ten requests; the tenth gets the fault. `log` must outlive
// the server.
ScriptedServer::Script fails_every_tenth(Fault fault, FaultLog& log);

// One client at a time and a request from each, accepted only so long after it
// came. Sockets of its own: here accept() itself is late.
class LateAccepter {
 public:
  explicit LateAccepter(std::chrono::nanoseconds delay);
  ~LateAccepter();

  std::uint16_t port() const;

 private:
  void serve() const;

  std::chrono::nanoseconds delay_;
  Fd listener_;
  std::jthread serving_;
};

// As many as can be had, over all threads.
class Places {
 public:
  explicit Places(int count) : left_(count) {}
  bool take() { return left_-- > 0; }

 private:
  std::atomic<int> left_;
};

}  // namespace sockmark
