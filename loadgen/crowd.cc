#include "loadgen/crowd.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "lib/error.h"
#include "loadgen/socket_errors.h"

namespace sockmark {
namespace {

constexpr std::size_t kConnectingAtOnce = 256;
// Begun in one turn. More would put off the time at which those that stand are
// seen to, and so lengthen the time to connect.
constexpr std::size_t kTurnBegins = 16;
// A signal that comes just before the wait is noticed after it.
constexpr Nanoseconds kLongestWait = 100'000'000;
constexpr Nanoseconds kMillisecond = 1'000'000;

}  // namespace

Crowd::Crowd(const Address& address, const CrowdSpec& spec)
    : address_(address),
      spec_(spec),
      sources_(address, spec.first_source),
      members_(spec.connections),
      timers_(spec.connections),
      start_(monotonic_now()) {
  result_.connects.requested = spec.connections;
  result_.connect_times.reserve(spec.connections);
}

std::optional<Crowd::Event> Crowd::next(Nanoseconds until) {
  if (events_told_ == events_.size()) turn(until);
  while (events_told_ < events_.size()) {
    const Event& event = events_[events_told_++];
    if (is_open(event.who)) return event;  // not closed in the meantime
  }
  return std::nullopt;
}

void Crowd::turn(Nanoseconds until) {
  events_.clear();
  events_told_ = 0;
  events_.swap(revisits_);
  open_more();
  const Nanoseconds now = monotonic_now();
  Nanoseconds wake =
      std::min({until, now + kLongestWait, next_connect(now), timers_.next()});
  if (!events_.empty()) wake = now;
  const Nanoseconds left = std::max<Nanoseconds>(0, wake - now);
  const auto left_ms = (left + kMillisecond - 1) / kMillisecond;
  for (const epoll_event& event : epoll_.wait(static_cast<int>(left_ms))) {
    on_event(event);
  }
  expire(monotonic_now());
}

Nanoseconds Crowd::next_connect(Nanoseconds now) const {
  if (begun_ == members_.size()) return Timers::kNever;
  if (spec_.connects_per_second > 0) {
    return start_ + static_cast<Nanoseconds>(static_cast<double>(begun_) * 1e9 /
                                             spec_.connects_per_second);
  }
  return connecting_ < kConnectingAtOnce ? now : Timers::kNever;
}

void Crowd::open_more() {
  const Nanoseconds now = monotonic_now();
  for (std::size_t i = 0; i < kTurnBegins && next_connect(now) <= now; ++i) {
    begin_connect(begun_++);
  }
}

void Crowd::begin_connect(std::size_t who) {
  Member& member = members_[who];
  member.state = State::connecting;
  member.since = monotonic_now();
  ++connecting_;
  member.fd =
      Fd(socket(address_.storage.ss_family,
                SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP));
  if (!member.fd) return give_up(who, errno);
  const int fd = member.fd.get();
  const int on = 1;
  check(setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on),
        "TCP_NODELAY");
  if (spec_.receive_buffer_bytes > 0) {
    check(setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &spec_.receive_buffer_bytes,
                     sizeof spec_.receive_buffer_bytes),
          "SO_RCVBUF");
  }
  sources_.bind_next(fd);
  const int result = connect(fd, address_.get(), address_.size);
  if (result != 0 && errno != EINPROGRESS) return give_up(who, errno);
  const auto index = static_cast<std::size_t>(fd);
  if (index >= by_fd_.size()) by_fd_.resize(index + 1);
  by_fd_[index] = who;
  epoll_.add(fd, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET);
  if (result == 0) return established(who);
  wake(who, member.since + spec_.timeout.count());
}

void Crowd::established(std::size_t who) {
  Member& member = members_[who];
  const Nanoseconds now = monotonic_now();
  result_.connect_times.push_back(now - member.since);
  result_.last_established_at = now;
  if (++result_.connects.established == members_.size()) {
    result_.all_up_after = now - start_;
  }
  result_.most_open = std::max(result_.most_open, ++result_.open);
  --connecting_;
  member.state = State::open;
  member.since = now;
  wake(who, Timers::kNever);
  events_.push_back({.who = who, .kind = Event::Kind::established});
}

void Crowd::give_up(std::size_t who, int error) {
  result_.connects.count_failure(error);
  --connecting_;
  members_[who] = Member();
}

void Crowd::stop_opening() {
  for (Member& member : members_) {
    if (member.state == State::connecting) member = Member();
  }
  connecting_ = 0;
  begun_ = members_.size();
}

void Crowd::close(std::size_t who, std::uint64_t CrowdResult::*by) {
  --result_.open;
  ++(result_.*by);
  if (by != &CrowdResult::closed_by_client) {
    const Nanoseconds now = monotonic_now();
    result_.lost_lifetimes.push_back(now - members_[who].since);
    if (!result_.first_lost_after) result_.first_lost_after = now - start_;
  }
  members_[who] = Member();
}

void Crowd::revisit(std::size_t who, int error) {
  revisits_.push_back({.who = who, .kind = Event::Kind::ready, .error = error});
}

void Crowd::on_event(const epoll_event& event) {
  const int fd = event.data.fd;
  const std::size_t who = by_fd_[static_cast<std::size_t>(fd)];
  int error = (event.events & EPOLLERR) ? pending_error(fd) : 0;
  // We close nothing by half: it was reset, and a failed send() has been told.
  if (error == 0 && (event.events & EPOLLHUP)) error = ECONNRESET;
  if (members_[who].state == State::connecting) {
    // A reset comes after the connection was established.
    if (error != 0 && error != ECONNRESET) return give_up(who, error);
    established(who);
    if (error == 0 && !(event.events & (EPOLLIN | EPOLLRDHUP))) return;
  }
  events_.push_back({.who = who, .kind = Event::Kind::ready, .error = error});
}

void Crowd::expire(Nanoseconds now) {
  while (const auto who = timers_.take_due(now)) {
    if (members_[*who].state == State::connecting) {
      give_up(*who, ETIMEDOUT);
    } else {
      events_.push_back({.who = *who, .kind = Event::Kind::due});
    }
  }
}

CrowdResult Crowd::finish() {
  result_.elapsed = monotonic_now() - start_;
  result_.interrupted_by = interrupted_by();
  return std::move(result_);
}

}  // namespace sockmark
