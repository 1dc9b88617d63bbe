#include "loadgen/load.h"

#include <deque>
#include <exception>
#include <latch>
#include <thread>
#include <vector>

#include "loadgen/clock.h"
#include "loadgen/descriptors.h"
#include "loadgen/engine_epoll.h"

namespace sockmark {
namespace {

// Divides what is left among the threads that are left, so that no remainder
// is lost.
template <typename Number>
Number take_share(Number& left, int threads_left) {
  const Number share = left / static_cast<Number>(threads_left);
  left -= share;
  return share;
}

std::vector<Share> divide(const LoadSpec& spec) {
  std::vector<Share> shares;
  int connections = spec.connections;
  std::uint64_t requests = spec.requests;
  for (int threads = spec.threads; threads > 0; --threads) {
    const Share share{.connections = take_share(connections, threads),
                      .requests = take_share(requests, threads)};
    if (spec.requests == 0 || share.requests > 0) shares.push_back(share);
  }
  return shares;
}

}  // namespace

Tally run_load(const LoadSpec& spec, const std::atomic<bool>& stop) {
  const Address address = resolve(spec.target);
  constexpr int kReachableWithinMs = 5000;
  require_reachable(spec.target, address, kReachableWithinMs);
  constexpr std::size_t kPerThread = 1;
  require_descriptors(static_cast<std::size_t>(spec.connections),
                      kPerThread * static_cast<std::size_t>(spec.threads));

  const std::vector<Share> shares = divide(spec);
  std::vector<Tally> tallies(shares.size());
  std::vector<std::exception_ptr> failures(shares.size());
  std::deque<EpollEngine> engines;  // made here: no thread may fail to start
  for (const Share& share : shares) engines.emplace_back(spec, address, share);
  std::latch starting_gun(static_cast<std::ptrdiff_t>(shares.size()));
  const auto work = [&](std::size_t i) {
    try {
      starting_gun.arrive_and_wait();
      const Nanoseconds start = monotonic_now() + spec.warmup.count();
      tallies[i] = engines[i].run(
          {.start = start, .end = start + spec.duration.count()}, stop);
    } catch (...) {
      failures[i] = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < shares.size(); ++i) {
      threads.emplace_back(work, i);
    }
  }
  Tally sum;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    if (failures[i]) std::rethrow_exception(failures[i]);
    sum.merge(tallies[i]);
  }
  return sum;
}

}  // namespace sockmark
