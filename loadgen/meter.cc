#include "loadgen/meter.h"

#include "loadgen/clock.h"

namespace sockmark {

void Meter::start(Nanoseconds now) {
  tally_.restart();
  seen_ = {};
  open_sum_ = 0;
  samples_ = 0;
  measuring_ = true;
  since_ = now;
  cpu_before_ = thread_cpu_now();
}

void Meter::sample(Nanoseconds now) {
  if (!measuring_) return;
  open_sum_ += static_cast<double>(tally_.connections_open);
  ++samples_;
  update_series(now);
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

void Meter::finish(Nanoseconds now) {
  if (!measuring_) start(now);
  update_series(now);
  tally_.measured = now - since_;
  tally_.cpu = thread_cpu_now() - cpu_before_;
  tally_.busiest_thread = tally_.measured == 0
                              ? 0
                              : static_cast<double>(tally_.cpu) /
                                    static_cast<double>(tally_.measured);
  tally_.connections_average =
      samples_ == 0 ? static_cast<double>(tally_.connections_open)
                    : open_sum_ / static_cast<double>(samples_);
}

}  // namespace sockmark
