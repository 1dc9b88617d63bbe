#include "loadgen/load.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <future>
#include <latch>
#include <memory>
#include <system_error>
#include <thread>
#include <vector>

#include "loadgen/clock.h"
#include "loadgen/descriptors.h"
#include "loadgen/driver.h"

namespace sockmark {
namespace {

// Divides what is left among the threads that are left, so that no remainder
// is lost.
template <typename Number>
Number take_share(Number& rest, int threads) {
  const Number share = rest / static_cast<Number>(threads);
  rest -= share;
  return share;
}

// An open loop does not make fewer requests because earlier ones hang: it may
// open more connections than it keeps.
int most_connections(const LoadSpec& spec) {
  if (!spec.rate) return spec.connections;
  constexpr int kEnough = 1000;
  const int wanted = std::max(kEnough, 10 * spec.connections);
  const int affordable =
      std::max(spec.connections, static_cast<int>(std::min<std::size_t>(
                                     affordable_connections(), 1'000'000)));
  return std::max(spec.connections,
                  spec.max_connections.value_or(std::min(wanted, affordable)));
}

std::vector<Share> divide(const LoadSpec& spec) {
  std::vector<Share> shares;
  int connections = spec.connections;
  int most = most_connections(spec);
  std::uint64_t requests = spec.requests;
  for (int threads = spec.threads; threads > 0; --threads) {
    const Share share{.thread = spec.threads - threads,
                      .threads = spec.threads,
                      .connections = take_share(connections, threads),
                      .max_connections = take_share(most, threads),
                      .requests = take_share(requests, threads)};
    if (spec.requests == 0 || share.requests > 0) shares.push_back(share);
  }
  return shares;
}

class Threads {
 public:
  Threads(const LoadSpec& spec, const std::atomic<bool>& stop,
          Intervals* intervals)
      : spec_(spec),
        stop_(stop),
        intervals_(intervals),
        address_(resolve(spec.target)) {}

  void require_reachable() const {
    constexpr int kWithinMs = 5000;
    sockmark::require_reachable(spec_.target, address_, kWithinMs);
  }

  void start(const std::vector<Share>& shares) {
    starting_gun_ = std::make_unique<std::latch>(
        static_cast<std::ptrdiff_t>(shares.size()));
    try {
      for (const Share& share : shares) {
        std::packaged_task<Tally()> task([this, share] { return work(share); });
        tallies_.push_back(task.get_future());
        threads_.emplace_back(std::move(task));
      }
    } catch (const std::system_error&) {  // no more threads: do not wait
      is_abandoned_ = true;
      starting_gun_->count_down(
          static_cast<std::ptrdiff_t>(shares.size() - threads_.size()));
      throw;
    }
  }

  bool have_ended(std::chrono::milliseconds within) const {
    const auto deadline = std::chrono::steady_clock::now() + within;
    return std::all_of(tallies_.begin(), tallies_.end(), [&](const auto& one) {
      return one.wait_until(deadline) == std::future_status::ready;
    });
  }

  Tally sum() {
    Tally sum;
    sum.lifetime.connections_opened = 1;  // by require_reachable()
    for (auto& tally : tallies_) sum.merge(tally.get());
    return sum;
  }

 private:
  // An engine is made in the thread that will use it: io_uring wants that.
  Tally work(const Share& share) {
    std::unique_ptr<Engine> engine;
    std::exception_ptr failure;
    try {
      engine =
          make_engine(spec_, address_, share.thread, share.most_connections());
    } catch (...) {
      failure = std::current_exception();
    }
    starting_gun_->arrive_and_wait();
    if (failure) std::rethrow_exception(failure);
    if (is_abandoned_) return {};
    Driver driver(spec_, share, *engine);
    const Nanoseconds start = monotonic_now() + spec_.warmup.count();
    return driver.run({.start = start, .end = start + spec_.duration.count()},
                      stop_, intervals_);
  }

  const LoadSpec& spec_;
  const std::atomic<bool>& stop_;
  Intervals* const intervals_;
  const Address address_;
  std::unique_ptr<std::latch> starting_gun_;
  std::atomic<bool> is_abandoned_ = false;
  std::vector<std::future<Tally>> tallies_;
  std::vector<std::jthread> threads_;
};

}  // namespace

Tally run_load(const LoadSpec& spec, const std::atomic<bool>& stop,
               const IntervalObserver& observe) {
  const std::vector<Share> shares = divide(spec);
  Intervals intervals(static_cast<int>(shares.size()));
  Threads threads(spec, stop, observe ? &intervals : nullptr);
  threads.require_reachable();
  constexpr std::size_t kPerThread = 2;
  require_descriptors(static_cast<std::size_t>(most_connections(spec)),
                      kPerThread * static_cast<std::size_t>(spec.threads));
  threads.start(shares);
  constexpr std::chrono::milliseconds kPoll(100);
  while (observe && !threads.have_ended(kPoll)) {
    for (const IntervalRow& row : intervals.take()) observe(row);
  }
  Tally sum = threads.sum();
  for (const IntervalRow& row : intervals.take_rest()) observe(row);
  return sum;
}

}  // namespace sockmark
