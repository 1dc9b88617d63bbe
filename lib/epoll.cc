#include "lib/epoll.h"

#include <cerrno>

#include "lib/error.h"

namespace sockmark {

Epoll::Epoll() : fd_(check(epoll_create1(EPOLL_CLOEXEC), "epoll_create1")) {}

void Epoll::control(int operation, int fd, std::uint32_t events) {
  epoll_event event{};
  event.events = events;
  event.data.fd = fd;
  check(epoll_ctl(fd_.get(), operation, fd, &event), "epoll_ctl");
}

void Epoll::add(int fd, std::uint32_t events) {
  control(EPOLL_CTL_ADD, fd, events);
}

void Epoll::modify(int fd, std::uint32_t events) {
  control(EPOLL_CTL_MOD, fd, events);
}

void Epoll::remove(int fd) { control(EPOLL_CTL_DEL, fd, 0); }

std::span<const epoll_event> Epoll::wait(int limit_ms, int most) {
  const int ready = epoll_wait(fd_.get(), events_.data(), most, limit_ms);
  if (ready < 0 && errno == EINTR) return {};
  check(ready, "epoll_wait");
  return std::span(events_).first(static_cast<std::size_t>(ready));
}

}  // namespace sockmark
