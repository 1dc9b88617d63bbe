// epoll with its calls checked. It dispatches nothing: the loop stays in the
// model.
#pragma once

#include <sys/epoll.h>

#include <array>
#include <cstdint>
#include <span>

#include "lib/fd.h"
#include "lib/session.h"

namespace sockmark {

// What to wait for on behalf of a session, level-triggered.
inline std::uint32_t events_for(Want want) {
  return want == Want::write ? EPOLLOUT : EPOLLIN;
}

class Epoll {
 public:
  Epoll();

  // `events` are epoll's own: EPOLLIN and so on. event.data.fd of what wait()
  // returns is `fd`.
  void add(int fd, std::uint32_t events);
  void modify(int fd, std::uint32_t events);
  void remove(int fd);

  // Waits until something is ready, `limit_ms` at most if that is not -1. Empty
  // then, and after a signal. Gives up to `most` reports, which are valid until
  // the next call.
  std::span<const epoll_event> wait(int limit_ms = -1, int most = kMostEvents);

 private:
  static constexpr int kMostEvents = 256;

  void control(int operation, int fd, std::uint32_t events);

  Fd fd_;
  std::array<epoll_event, kMostEvents> events_;
};

}  // namespace sockmark
