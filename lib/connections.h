// The open connections of an event-driven server, found by descriptor.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "lib/fd.h"
#include "lib/session.h"

namespace sockmark {

struct Connection {
  Connection(Fd connection, const Service& service)
      : fd(std::move(connection)), session(service) {}

  Fd fd;
  Session session;
  Want want = Want::read;  // what the loop waits for on its behalf
  bool lent = false;       // to another thread: the table keeps off it

  // For Connections::cut_idle() alone.
  std::uint64_t seen_progress = 0;
  std::chrono::nanoseconds idle_since{0};
};

// An array and not a map: descriptors are small integers, and this is on the
// measured path. One thread at a time.
class Connections {
 public:
  // `service` must outlive the table.
  explicit Connections(const Service& service) : service_(service) {}

  Connection& add(Fd connection);
  Connection& operator[](int fd) {
    return *by_fd_[static_cast<std::size_t>(fd)];
  }
  // Closes the connection.
  void remove(int fd);

  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }

  // Shuts down the connections on which nothing moved for the idle timeout, so
  // that the loop finds them at their end like any other. To be called before
  // each wait; returns how many milliseconds that may last, -1 for ever, as
  // poll(2) and epoll_wait(2) take them.
  int cut_idle();

 private:
  using nanoseconds = std::chrono::nanoseconds;

  void cut_if_idle(Connection& connection, nanoseconds now) const;

  const Service& service_;
  std::vector<std::unique_ptr<Connection>> by_fd_;
  std::size_t size_ = 0;
  nanoseconds next_sweep_{0};
};

}  // namespace sockmark
