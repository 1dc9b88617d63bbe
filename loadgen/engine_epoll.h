// The portable engine: nonblocking sockets and epoll.
//
// A request costs one send and one recv: sockets are registered once
// (edge-triggered, for reading and writing), and what a reply leads to is sent
// from where it was read.
#pragma once

#include <sys/epoll.h>

#include <array>
#include <string_view>
#include <vector>

#include "lib/fd.h"
#include "loadgen/engine.h"
#include "loadgen/sources.h"

namespace sockmark {

class EpollEngine final : public Engine {
 public:
  // `address` must outlive the engine.
  EpollEngine(const LoadSpec& spec, const Address& address, int thread,
              std::uint32_t connections);

  Nanoseconds now() override;
  int connect(Connection& connection) override;
  int send(Connection& connection) override;
  void close(Connection& connection) override;
  Turn wait(Nanoseconds until, Driver& driver) override;

 private:
  int ready(Nanoseconds until);
  void on_event(Connection& connection, std::uint32_t events, Driver& driver);
  void on_connecting(Connection& connection, std::uint32_t events,
                     Driver& driver);
  void read(Connection& connection, Driver& driver);
  bool read_some(Connection& connection, Driver& driver);

  Fd& fd_of(const Connection& connection) { return fds_[connection.index]; }

  const Address& address_;
  Sources sources_;
  const bool no_delay_;
  Fd epoll_;
  std::vector<Fd> fds_;  // by connection
  std::vector<char> buffer_;
  std::array<epoll_event, 512> events_;
};

}  // namespace sockmark
