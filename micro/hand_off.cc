// What it costs one thread to hand an item to a pool of workers.
//
// `back_to_back` is a busy server: items as fast as they are taken, workers
// seldom sleep. `one_at_a_time` is a quiet one: a worker is woken for each
// item. It answers through a channel of the same kind, so a turn is two
// hand-offs. CPU time is that of all threads together.
//
// One at a time varies many times over: a sleeping core has to be roused, and
// in a virtual machine that costs tens of microseconds, unless the scheduler
// wakes the worker on the core that is awake.
#include "lib/queue.h"
#include "lib/ring.h"
#include "lib/workers.h"
#include "micro/or_skip.h"

using namespace sockmark;

namespace {

constexpr std::size_t kCapacity = 1024;  // as in the pools of servers/

// An item is an int because a server hands descriptors over.
template <typename Channel>
void back_to_back(benchmark::State& state) {
  Channel items(kCapacity);
  const auto workers =
      start_threads(static_cast<int>(state.range(0)), [&items](int) {
        while (auto item = items.pop()) benchmark::DoNotOptimize(*item);
      });
  while (state.KeepRunning()) items.push(1);
  items.close();
}

template <typename Channel>
void one_at_a_time(benchmark::State& state) {
  Channel items(kCapacity);
  Channel answers(kCapacity);
  const auto workers =
      start_threads(static_cast<int>(state.range(0)), [&items, &answers](int) {
        while (auto item = items.pop()) answers.push(*item);
      });
  while (state.KeepRunningBatch(2)) {
    items.push(1);
    benchmark::DoNotOptimize(answers.pop());
  }
  items.close();
}

// The time of a turn cannot be foretold, so its number is fixed.
void for_some_turns(benchmark::internal::Benchmark* measured) {
  measured->Iterations(20'000);
}

void with_workers(benchmark::internal::Benchmark* measured) {
  measured->ArgName("workers")
      ->RangeMultiplier(2)
      ->Range(1, 8)
      ->MeasureProcessCPUTime()
      ->UseRealTime();
}

}  // namespace

BENCHMARK(or_skip<back_to_back<Queue<int>>>)
    ->Name("queue/back_to_back")
    ->Apply(with_workers);
BENCHMARK(or_skip<back_to_back<Ring<int>>>)
    ->Name("ring/back_to_back")
    ->Apply(with_workers);
BENCHMARK(or_skip<one_at_a_time<Queue<int>>>)
    ->Name("queue/one_at_a_time")
    ->Apply(with_workers)
    ->Apply(for_some_turns);
BENCHMARK(or_skip<one_at_a_time<Ring<int>>>)
    ->Name("ring/one_at_a_time")
    ->Apply(with_workers)
    ->Apply(for_some_turns);
BENCHMARK_MAIN();
