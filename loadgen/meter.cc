#include "loadgen/meter.h"

#include <cstdio>
#include <memory>
#include <optional>

#include "loadgen/clock.h"

namespace sockmark {
namespace {

// How long the calling thread was ready to run while others had the core; none
// where the kernel does not count it. See schedstat in the kernel's
// documentation.
std::optional<Nanoseconds> thread_run_delay() {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(
      std::fopen("/proc/thread-self/schedstat", "re"), std::fclose);
  unsigned long long on_cpu = 0;
  unsigned long long waited = 0;
  if (!file || std::fscanf(file.get(), "%llu %llu", &on_cpu, &waited) != 2) {
    return std::nullopt;
  }
  return static_cast<Nanoseconds>(waited);
}

double ratio(Nanoseconds part, Nanoseconds whole) {
  return whole == 0 ? 0
                    : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

void Meter::publish_to(Intervals* intervals, int thread) {
  intervals_ = intervals;
  thread_ = thread;
}

void Meter::start(Nanoseconds now) {
  tally_.restart();
  seen_ = published_ = {};
  open_sum_ = in_flight_sum_ = 0;
  samples_ = 0;
  measuring_ = true;
  since_ = published_until_ = now;
  cpu_before_ = thread_cpu_now();
  run_delay_before_ = thread_run_delay();
}

void Meter::sample(Nanoseconds now) {
  if (!measuring_) return;
  open_sum_ += static_cast<double>(tally_.connections_open);
  in_flight_sum_ += static_cast<double>(tally_.in_flight);
  ++samples_;
  update_series(now);
  if (now - published_until_ >= Intervals::kLengthNs) publish(now);
}

void Meter::update_series(Nanoseconds now) {
  const auto index =
      static_cast<std::size_t>((now - since_) / Tally::kIntervalNs);
  if (index >= tally_.series.size()) tally_.series.resize(index + 1);
  const std::uint64_t errors = tally_.errors.total();
  tally_.series[index].completed += tally_.completed - seen_.completed;
  tally_.series[index].errors += errors - seen_.errors;
  seen_ = {.completed = tally_.completed, .errors = errors};
}

void Meter::publish(Nanoseconds now) {
  if (intervals_ == nullptr) return;
  intervals_->add(thread_, {.start = published_until_ - since_,
                            .length = now - published_until_,
                            .completed = seen_.completed - published_.completed,
                            .errors = seen_.errors - published_.errors,
                            .latency = tally_.total.since(published_latency_)});
  published_ = seen_;
  published_latency_ = tally_.total;
  published_until_ = now;
}

void Meter::finish(Nanoseconds now) {
  if (!measuring_) start(now);
  update_series(now);
  publish(now);
  tally_.measured = now - since_;
  GeneratorUse& use = tally_.generator;
  use.cpu = thread_cpu_now() - cpu_before_;
  use.run_delay = thread_run_delay();
  if (use.run_delay) *use.run_delay -= run_delay_before_.value_or(0);
  use.busiest_thread = ratio(use.cpu - use.spun, tally_.measured);
  use.most_delayed_thread = ratio(use.run_delay.value_or(0), tally_.measured);
  const auto average = [&](double sum, std::uint64_t now_there) {
    return samples_ == 0 ? static_cast<double>(now_there)
                         : sum / static_cast<double>(samples_);
  };
  tally_.connections_average = average(open_sum_, tally_.connections_open);
  tally_.in_flight_average = average(in_flight_sum_, tally_.in_flight);
}

}  // namespace sockmark
