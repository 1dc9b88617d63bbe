#include "loadgen/engine_epoll.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "lib/error.h"
#include "loadgen/clock.h"
#include "loadgen/request.h"

namespace sockmark {
namespace {

constexpr std::size_t kReadBytes = 64 * 1024;
constexpr Nanoseconds kTick = 10'000'000;  // timeouts are this coarse
constexpr Nanoseconds kFirstBackoff = 1'000'000;
constexpr Nanoseconds kLongestBackoff = 100'000'000;
constexpr Nanoseconds kPatienceWithClose = 1'000'000'000;
constexpr std::uint32_t kPeerIsGone = EPOLLRDHUP | EPOLLHUP | EPOLLERR;

// Causes that lie with us and not with the server.
bool is_local(int error) {
  return error == EADDRNOTAVAIL || error == EMFILE || error == ENFILE ||
         error == ENOBUFS || error == ENOMEM;
}

int pending_error(const Fd& fd) {
  int error = 0;
  socklen_t size = sizeof error;
  check(getsockopt(fd.get(), SOL_SOCKET, SO_ERROR, &error, &size),
        "getsockopt");
  return error;
}

}  // namespace

EpollEngine::EpollEngine(const LoadSpec& spec, const Address& address,
                         Share share)
    : spec_(spec),
      address_(address),
      share_(share),
      request_(build_request(spec)),
      epoll_(check(epoll_create1(EPOLL_CLOEXEC), "epoll_create1")),
      buffer_(kReadBytes) {
  for (int i = 0; i < share.connections; ++i) {
    slots_.emplace_back(spec_, request_, tally_);
  }
  tally_.series.reserve(
      static_cast<std::size_t>(spec.duration.count() / Tally::kIntervalNs) + 2);
}

Tally EpollEngine::run(Window window, const std::atomic<bool>& stop) {
  now_ = monotonic_now();
  next_tick_ = now_ + kTick;
  if (now_ >= window.start) start_measuring();
  for (Slot& slot : slots_) next_request(slot);
  while (now_ < window.end && !finished() &&
         !stop.load(std::memory_order_relaxed)) {
    wait(window);
    if (now_ >= next_tick_) tick();
    if (!meter_.measuring() && now_ >= window.start) start_measuring();
  }
  finish_measuring();
  return std::move(tally_);
}

bool EpollEngine::finished() const {
  return meter_.measuring() && !may_begin() && tally_.in_flight == 0;
}

void EpollEngine::wait(Window window) {
  const Nanoseconds boundary = meter_.measuring() ? window.end : window.start;
  const Nanoseconds left =
      std::max<Nanoseconds>(0, std::min(next_tick_, boundary) - now_);
  const timespec timeout{.tv_sec = left / 1'000'000'000,
                         .tv_nsec = left % 1'000'000'000};
  const int ready =
      epoll_pwait2(epoll_.get(), events_.data(),
                   static_cast<int>(events_.size()), &timeout, nullptr);
  if (ready < 0 && errno != EINTR) throw_errno("epoll_pwait2");
  now_ = monotonic_now();
  const Nanoseconds turn_began = now_;
  for (int i = 0; i < ready; ++i) {
    const epoll_event& event = events_[static_cast<std::size_t>(i)];
    on_event(*static_cast<Slot*>(event.data.ptr), event.events);
  }
  tally_.timestamp_error = std::max(tally_.timestamp_error, now_ - turn_began);
}

void EpollEngine::on_event(Slot& slot, std::uint32_t events) {
  switch (slot.state) {
    case State::connecting:
      return on_connecting(slot, events);
    case State::open:
    case State::closing:
    case State::idle:
      if (events & (EPOLLIN | kPeerIsGone)) read(slot, events);
      // Room to send is told only once, too, perhaps in the same event.
      if ((events & EPOLLOUT) && slot.state == State::open &&
          !slot.exchange.output().empty()) {
        write(slot);
      }
      return;
    case State::backing_off:
      return;
  }
}

void EpollEngine::on_connecting(Slot& slot, std::uint32_t events) {
  const bool has_error = (events & (EPOLLERR | EPOLLHUP)) != 0;
  const int error = has_error ? pending_error(slot.fd) : 0;
  // A reset comes after the connection was established.
  if (error != 0 && error != ECONNRESET) return give_up_connecting(slot, error);
  now_ = monotonic_now();
  slot.state = State::open;
  ++tally_.connections_opened;
  ++tally_.connections_open;
  slot.exchange.connected(now_);
  if (error == ECONNRESET) return broken(slot, error);
  write(slot);
  if (slot.state == State::open && (events & (EPOLLIN | EPOLLRDHUP))) {
    read(slot, events);
  }
}

void EpollEngine::write(Slot& slot) {
  const std::string_view bytes = slot.exchange.output();
  const ssize_t sent =
      send(slot.fd.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
  if (sent < 0) {
    if (errno != EAGAIN && errno != EINTR) broken(slot, errno);
    return;
  }
  now_ = monotonic_now();
  slot.exchange.sent(static_cast<std::size_t>(sent), now_);
}

void EpollEngine::read(Slot& slot, std::uint32_t events) {
  for (;;) {
    const ssize_t size = recv(slot.fd.get(), buffer_.data(), buffer_.size(), 0);
    if (size < 0) {
      if (errno == EINTR) continue;
      if (errno != EAGAIN) broken(slot, errno);
      return;
    }
    now_ = monotonic_now();
    if (size == 0) {
      const bool ended_well = slot.exchange.end_of_file(now_);
      close(slot, &Tally::closed_by_server);
      if (ended_well)
        slot.backoff = 0;
      else
        back_off(slot);
      return next_request(slot);
    }
    const auto bytes = static_cast<std::size_t>(size);
    if (slot.exchange.in_flight() &&
        slot.exchange.received({buffer_.data(), bytes}, now_)) {
      return on_end_of_request(slot, events);
    }
    // A read that does not fill the buffer has emptied the socket. More bytes
    // would be a new edge, but an end of file seen before is told only once.
    if (bytes < buffer_.size() && !(events & kPeerIsGone)) return;
  }
}

void EpollEngine::on_end_of_request(Slot& slot, std::uint32_t events) {
  slot.backoff = 0;
  if (slot.exchange.reusable() && !(events & kPeerIsGone)) {
    return next_request(slot);
  }
  if (events & kPeerIsGone) {
    close(slot, &Tally::closed_by_server);
  } else if (slot.exchange.server_closes()) {
    // Who closes first keeps the port in TIME_WAIT: let the server do it.
    slot.state = State::closing;
    slot.closing_since = now_;
    return;
  } else {
    close(slot, &Tally::closed_by_client);
  }
  next_request(slot);
}

bool EpollEngine::may_begin() const {
  return share_.requests == 0 || !meter_.measuring() ||
         tally_.started < share_.requests;
}

void EpollEngine::next_request(Slot& slot) {
  if (!may_begin()) {
    slot.state = State::idle;
    return;
  }
  if (slot.backoff > 0) {
    slot.state = State::backing_off;
    slot.retry_at = now_ + slot.backoff;
    return;
  }
  slot.exchange.begin(now_);
  if (slot.fd) {
    slot.state = State::open;
    write(slot);
  } else {
    connect(slot);
  }
}

void EpollEngine::connect(Slot& slot) {
  slot.state = State::connecting;
  slot.fd = Fd(socket(address_.storage.ss_family,
                      SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP));
  if (!slot.fd) return give_up_connecting(slot, errno);
  if (::connect(slot.fd.get(), address_.get(), address_.size) != 0 &&
      errno != EINPROGRESS) {
    return give_up_connecting(slot, errno);
  }
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
  event.data.ptr = &slot;
  check(epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, slot.fd.get(), &event),
        "epoll_ctl");
}

void EpollEngine::give_up_connecting(Slot& slot, int error) {
  if (is_local(error)) tally_.last_local_error = std::strerror(error);
  slot.exchange.fail(is_local(error) ? &Errors::local : &Errors::connect);
  slot.fd.reset();
  back_off(slot);
  next_request(slot);
}

void EpollEngine::close(Slot& slot, std::uint64_t Tally::*by) {
  ++(tally_.*by);
  --tally_.connections_open;
  slot.fd.reset();
}

// EPIPE: the server had closed before we sent.
void EpollEngine::broken(Slot& slot, int error) {
  slot.exchange.fail(error == EPIPE       ? &Errors::closed
                     : error == ETIMEDOUT ? &Errors::timeout
                                          : &Errors::reset);
  close(slot, &Tally::closed_by_server);
  back_off(slot);
  next_request(slot);
}

// So that a server that is gone or ill is not stormed.
void EpollEngine::back_off(Slot& slot) {
  slot.backoff = std::clamp(slot.backoff * 2, kFirstBackoff, kLongestBackoff);
}

void EpollEngine::tick() {
  next_tick_ = now_ + kTick;
  meter_.sample(now_);
  for (Slot& slot : slots_) {
    const bool is_late =
        slot.exchange.in_flight() &&
        now_ - slot.exchange.begun_at() > spec_.timeout.count();
    if (slot.state == State::backing_off) {
      if (now_ < slot.retry_at || !may_begin()) continue;
      slot.exchange.begin(now_);
      connect(slot);
    } else if (slot.state == State::connecting && is_late) {
      give_up_connecting(slot, ETIMEDOUT);
    } else if (is_late) {
      slot.exchange.fail(&Errors::timeout);
      close(slot, &Tally::closed_by_client);
      next_request(slot);
    } else if (slot.state == State::closing &&
               now_ - slot.closing_since > kPatienceWithClose) {
      close(slot, &Tally::closed_by_client);
      next_request(slot);
    }
  }
}

void EpollEngine::start_measuring() {
  meter_.start(now_);
  for (Slot& slot : slots_) slot.exchange.forget_served();
}

void EpollEngine::finish_measuring() {
  now_ = monotonic_now();
  meter_.finish(now_);
  for (const Slot& slot : slots_) {
    if (slot.exchange.served()) ++tally_.connections_served;
  }
}

}  // namespace sockmark
