// C++20 coroutines that wait for sockets, on epoll.
#pragma once

#include <coroutine>
#include <cstddef>
#include <utility>
#include <vector>

#include "lib/epoll.h"

namespace sockmark {

// A coroutine that nobody waits for: it starts at once and frees itself when it
// returns. What it throws comes out of the call that started or resumed it.
struct Task {
  struct promise_type {  // NOLINT(readability-identifier-naming): C++'s name
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { throw; }
  };
};

// Suspends coroutines until a descriptor is ready. One thread at a time.
class Scheduler {
 public:
  // Level-triggered: the descriptor stays registered between waits, and costs
  // an epoll_ctl only when what is waited for changes.
  void watch(int fd) {
    const auto index = static_cast<std::size_t>(fd);
    if (index >= waiting_.size()) waiting_.resize(index + 1);
    waiting_[index] = {};
    epoll_.add(fd, events_for(Want::read));
  }
  void forget(int fd) { epoll_.remove(fd); }

  // co_await ready(fd, want): one coroutine per descriptor.
  auto ready(int fd, Want want) {
    struct Awaiter {
      Scheduler& scheduler;
      int fd;
      Want want;
      bool await_ready() const { return false; }
      void await_suspend(std::coroutine_handle<> coroutine) const {
        scheduler.suspend(fd, want, coroutine);
      }
      void await_resume() const {}
    };
    return Awaiter{*this, fd, want};
  }

  // Waits, at most `limit_ms`, and resumes those whose descriptor is ready.
  void run_once(int limit_ms) {
    for (const epoll_event& event : epoll_.wait(limit_ms)) {
      waiting_[static_cast<std::size_t>(event.data.fd)].coroutine.resume();
    }
  }

 private:
  struct Waiting {
    std::coroutine_handle<> coroutine;
    Want want = Want::read;
  };

  void suspend(int fd, Want want, std::coroutine_handle<> coroutine) {
    Waiting& waiting = waiting_[static_cast<std::size_t>(fd)];
    waiting.coroutine = coroutine;
    if (std::exchange(waiting.want, want) != want) {
      epoll_.modify(fd, events_for(want));
    }
  }

  Epoll epoll_;
  std::vector<Waiting> waiting_;
};

}  // namespace sockmark
