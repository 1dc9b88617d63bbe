// Many connections to one target, opened without blocking, each with a timer.
//
// A crowd opens them and says what happens to them. What is sent and read, and
// when to close, is its user's to decide; none is opened again. One thread; a
// turn costs what happens in it and not what the crowd holds.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "lib/epoll.h"
#include "lib/fd.h"
#include "loadgen/clock.h"
#include "loadgen/connects.h"
#include "loadgen/interrupt.h"
#include "loadgen/sources.h"
#include "loadgen/tally.h"
#include "loadgen/target.h"
#include "loadgen/timers.h"

namespace sockmark {

struct CrowdSpec {
  std::size_t connections = 1;
  double connects_per_second = 0;  // 0: as the target takes them, 256 at once
  std::chrono::nanoseconds timeout{std::chrono::seconds(10)};  // of a connect
  int receive_buffer_bytes = 0;  // of each socket; 0: the kernel's choice
  unsigned first_source = 0;     // see Sources
};

// What became of them. connects.established = open + closed_by_server + reset +
// closed_by_client.
struct CrowdResult {
  Connects connects;
  std::vector<Nanoseconds> connect_times;  // of those established
  Nanoseconds last_established_at = 0;
  std::optional<Nanoseconds> all_up_after;  // none: not all were
  std::uint64_t open = 0;
  std::uint64_t most_open = 0;
  std::uint64_t closed_by_server = 0;
  std::uint64_t reset = 0;
  std::uint64_t closed_by_client = 0;
  std::optional<Nanoseconds> first_lost_after;
  std::vector<Nanoseconds> lost_lifetimes;  // closed by the server or reset
  Nanoseconds elapsed = 0;
  int interrupted_by = 0;  // a signal; 0: none
};

class Crowd {
 public:
  struct Event {
    enum class Kind { established, ready, due };
    std::size_t who = 0;  // from 0, in the order in which they are opened
    Kind kind = Kind::ready;
    // Of `ready`: the errno with which the connection broke. What had come
    // before may still be read.
    int error = 0;
  };

  // `address` must outlive the crowd.
  Crowd(const Address& address, const CrowdSpec& spec);

  // What happens next. Nothing when `until` has come, and now and then before
  // it, as after a signal. `ready` is told once for what has arrived until
  // then: read until there is nothing more.
  std::optional<Event> next(Nanoseconds until);

  // Begins no more connects and drops those under way: they stay unfinished.
  void stop_opening();

  // `due` once at this time, instead of any that was set before.
  void wake(std::size_t who, Nanoseconds when) { timers_.set(who, when); }

  // Tells `ready` again, with this error, after what others wait for: for who
  // has not read all, as the peer may send for ever.
  void revisit(std::size_t who, int error);

  // Whoever ended the connection, this closes our end.
  void close(std::size_t who, std::uint64_t CrowdResult::*by);

  int fd(std::size_t who) const { return members_[who].fd.get(); }
  bool is_open(std::size_t who) const {
    return members_[who].state == State::open;
  }
  // Whether connects are still to be begun or under way.
  bool opening() const { return begun_ < members_.size() || connecting_ > 0; }
  bool over() const { return !opening() && result_.open == 0; }

  const CrowdResult& so_far() const { return result_; }
  // Once, at the end of the run.
  CrowdResult finish();

 private:
  enum class State : std::uint8_t { closed, connecting, open };

  struct Member {
    Fd fd;
    State state = State::closed;
    Nanoseconds since = 0;  // when the connect began; when it stood
  };

  void turn(Nanoseconds until);
  Nanoseconds next_connect(Nanoseconds now) const;
  void open_more();
  void begin_connect(std::size_t who);
  void established(std::size_t who);
  void give_up(std::size_t who, int error);
  void on_event(const epoll_event& event);
  void expire(Nanoseconds now);

  const Address& address_;
  const CrowdSpec spec_;
  Sources sources_;
  Epoll epoll_;
  std::vector<Member> members_;
  std::vector<std::size_t> by_fd_;
  Timers timers_;
  std::vector<Event> revisits_;
  std::vector<Event> events_;
  std::size_t events_told_ = 0;
  const Nanoseconds start_;
  std::size_t begun_ = 0;
  std::size_t connecting_ = 0;
  CrowdResult result_;
};

// Tells `on_event` what happens until `end`, until no connection is left or
// until a signal has been noted: see interrupt.h.
template <typename OnEvent>
void run_until(Nanoseconds end, Crowd& crowd, const OnEvent& on_event) {
  while (monotonic_now() < end && interrupted_by() == 0 && !crowd.over()) {
    if (const auto event = crowd.next(end)) on_event(*event);
  }
}

}  // namespace sockmark
