// epoll with its calls checked. It dispatches nothing: the loop stays in the
// model.
#pragma once

#include <sys/epoll.h>

#include <array>
#include <cstdint>
#include <span>

#include "lib/fd.h"

namespace sockmark {

class Epoll {
 public:
  Epoll();

  // event.data.fd of what wait() returns is `fd`.
  void add(int fd, std::uint32_t events);
  void modify(int fd, std::uint32_t events);
  void remove(int fd);

  // Waits until something is ready, `limit_ms` at most if that is not -1. Empty
  // then, and after a signal. Valid until the next call.
  std::span<const epoll_event> wait(int limit_ms = -1);

 private:
  void control(int operation, int fd, std::uint32_t events);

  Fd fd_;
  std::array<epoll_event, 256> events_;
};

}  // namespace sockmark
