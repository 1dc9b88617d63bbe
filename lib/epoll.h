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

  // Blocks until something is ready. Empty after a signal. Valid until the
  // next call.
  std::span<const epoll_event> wait();

 private:
  void control(int operation, int fd, std::uint32_t events);

  Fd fd_;
  std::array<epoll_event, 256> events_;
};

}  // namespace sockmark
