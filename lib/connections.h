// The open connections of an event-driven server, found by descriptor.
#pragma once

#include <cstddef>
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

 private:
  const Service& service_;
  std::vector<std::unique_ptr<Connection>> by_fd_;
  std::size_t size_ = 0;
};

}  // namespace sockmark
