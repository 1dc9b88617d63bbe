// What it costs to find the one descriptor that is ready among idle ones.
//
// select and poll are handed all descriptors each time and look at each; epoll
// and io_uring were told before and look at what has become ready.
#include <liburing.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <vector>

#include "lib/epoll.h"
#include "lib/error.h"
#include "lib/fd.h"
#include "micro/or_skip.h"

using namespace sockmark;

namespace {

void allow_descriptors(rlim_t count) {
  rlimit limit{};
  check(getrlimit(RLIMIT_NOFILE, &limit), "RLIMIT_NOFILE");
  limit.rlim_cur = std::max(limit.rlim_cur, std::min(count, limit.rlim_max));
  check(setrlimit(RLIMIT_NOFILE, &limit), "RLIMIT_NOFILE");
}

struct Descriptors {
  explicit Descriptors(const benchmark::State& state) {
    allow_descriptors(static_cast<rlim_t>(state.range(0)) + 64);
    const std::string what =
        "cannot open " + std::to_string(state.range(0)) + " sockets";
    // UDP: like TCP's for the kernel to look at, but without a second end each.
    for (auto i = state.range(0); i > 0; --i) {
      idle.emplace_back(
          check(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), what));
    }
    ready = Fd(check(eventfd(1, EFD_CLOEXEC), "eventfd"));
  }

  std::vector<Fd> idle;
  // For ever, since nobody reads it. Last, because select and poll queue up at
  // every descriptor before the first that is ready, as in a server that waits.
  Fd ready;
};

void with_select(benchmark::State& state) {
  const Descriptors descriptors(state);
  fd_set interest;
  FD_ZERO(&interest);
  const int last = descriptors.ready.get();  // the highest: opened last
  if (last >= FD_SETSIZE) throw_errno("beyond FD_SETSIZE", EBADF);
  FD_SET(last, &interest);
  for (const Fd& fd : descriptors.idle) FD_SET(fd.get(), &interest);
  while (state.KeepRunning()) {
    fd_set ready = interest;  // select overwrites it
    check(select(last + 1, &ready, nullptr, nullptr, nullptr), "select");
  }
}

void with_poll(benchmark::State& state) {
  const Descriptors descriptors(state);
  std::vector<pollfd> polled;
  for (const Fd& fd : descriptors.idle) polled.push_back({fd.get(), POLLIN, 0});
  polled.push_back({descriptors.ready.get(), POLLIN, 0});
  while (state.KeepRunning()) {
    check(poll(polled.data(), polled.size(), -1), "poll");
  }
}

void with_epoll(benchmark::State& state) {
  const Descriptors descriptors(state);
  Epoll epoll;
  for (const Fd& fd : descriptors.idle) epoll.add(fd.get(), EPOLLIN);
  epoll.add(descriptors.ready.get(), EPOLLIN);
  while (state.KeepRunning()) benchmark::DoNotOptimize(epoll.wait());
}

class Uring {
 public:
  Uring() { checked(io_uring_queue_init(64, &ring_, 0)); }
  ~Uring() { io_uring_queue_exit(&ring_); }
  Uring(const Uring&) = delete;
  Uring& operator=(const Uring&) = delete;

  void watch_for_ever(const Fd& fd) {
    io_uring_prep_poll_multishot(entry(), fd.get(), POLLIN);
    checked(io_uring_submit(&ring_));
  }

  // One io_uring_enter: asks for `fd` and waits for whatever is ready.
  void wait_with(const Fd& fd) {
    io_uring_prep_poll_add(entry(), fd.get(), POLLIN);
    checked(io_uring_submit_and_wait(&ring_, 1));
    io_uring_cq_advance(&ring_, 1);
  }

 private:
  io_uring_sqe* entry() { return io_uring_get_sqe(&ring_); }

  static void checked(int result) {
    if (result < 0) throw_errno("io_uring", -result);
  }

  io_uring ring_{};
};

void with_io_uring(benchmark::State& state) {
  const Descriptors descriptors(state);
  Uring ring;
  for (const Fd& fd : descriptors.idle) ring.watch_for_ever(fd);
  while (state.KeepRunning()) ring.wait_with(descriptors.ready);
}

void among_idle(benchmark::internal::Benchmark* measured) {
  measured->ArgName("idle")->ArgsProduct({{0, 100, 1000, 4000, 8000}});
}

}  // namespace

// select ends at FD_SETSIZE, 1024.
BENCHMARK(or_skip<with_select>)
    ->Name("select")
    ->ArgName("idle")
    ->Arg(0)
    ->Arg(100)
    ->Arg(1000);
BENCHMARK(or_skip<with_poll>)->Name("poll")->Apply(among_idle);
BENCHMARK(or_skip<with_epoll>)->Name("epoll")->Apply(among_idle);
BENCHMARK(or_skip<with_io_uring>)->Name("io_uring")->Apply(among_idle);
BENCHMARK_MAIN();
