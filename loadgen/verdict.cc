#include "loadgen/verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "lib/duration.h"
#include "loadgen/stationarity.h"

namespace sockmark {
namespace {

using Status = LoadVerdict::Status;

constexpr double kSuspectBusy = 0.90;  // of a core
constexpr double kFewConnections = 0.95;
constexpr double kSomeConnectionsMissing = 0.99;
constexpr double kManyErrors = 0.01;
constexpr double kFewOfTheRate = 0.95;
constexpr double kSomeOfTheRateMissing = 0.99;
constexpr double kSomeDelay = 0.05;         // of the time
constexpr double kSomeDisagreement = 0.05;  // by Little's law
constexpr double kMuchDisagreement = 0.20;
constexpr double kSampleEvery = 1e7;  // ns: see Meter::sample()
constexpr Nanoseconds kLate = 100'000;
constexpr Nanoseconds kVeryLate = 1'000'000;
constexpr Nanoseconds kEnoughSamples = 100'000'000;
constexpr Nanoseconds kLongWait = 100'000'000;

class Judge {
 public:
  void note(Status status, std::string reason) {
    verdict_.status = std::max(verdict_.status, status);
    verdict_.reasons.push_back(std::move(reason));
  }
  LoadVerdict verdict() { return std::move(verdict_); }

 private:
  LoadVerdict verdict_;
};

std::string time(Nanoseconds ns) {
  return format_duration(std::chrono::nanoseconds(ns));
}

double share(double part, double whole) { return whole > 0 ? part / whole : 0; }

double average_in_flight(const Tally& tally) {
  return share(static_cast<double>(tally.time_in_flight),
               static_cast<double>(tally.measured));
}

// Samples are taken when the generator runs: not at any moment, where others
// keep it from its core.
bool can_sample(const Tally& tally) {
  return tally.measured >= kEnoughSamples &&
         tally.generator.most_delayed_thread <= kSomeDelay;
}

void judge_ledgers(const Tally& tally, Judge& judge) {
  if (tally.completed == 0) {
    judge.note(Status::invalid, "no request was answered as expected");
  }
  if (tally.started !=
      tally.completed + tally.errors.total() + tally.in_flight) {
    judge.note(Status::invalid, "the ledger of requests does not add up");
  }
  if (tally.connections_opened != tally.connections_open +
                                      tally.closed_by_server +
                                      tally.closed_by_client) {
    judge.note(Status::invalid, "the ledger of connections does not add up");
  }
}

void judge_errors(const Tally& tally, Judge& judge) {
  const std::uint64_t errors = tally.errors.total();
  if (errors == 0) return;
  const double failed = share(static_cast<double>(errors),
                              static_cast<double>(errors + tally.completed));
  judge.note(failed > kManyErrors ? Status::invalid : Status::suspect,
             fmt::format("{} of {} requests failed ({:.3g} %)", errors,
                         errors + tally.completed, 100 * failed));
  if (tally.errors.local > 0) {
    judge.note(Status::invalid,
               fmt::format("{} requests failed for a local reason: {}",
                           tally.errors.local, tally.last_local_error));
  }
}

void judge_connections(const LoadSpec& spec, const Tally& tally, Judge& judge) {
  const double requested =
      spec.requests == 0 ? spec.connections
                         : std::min<double>(spec.connections,
                                            static_cast<double>(spec.requests));
  const double open = tally.connections_average / requested;
  if (!spec.close && 2 * tally.closed_by_server > tally.completed) {
    judge.note(Status::suspect,
               "the server closes its connections: --close measures that");
  } else if (!spec.close && can_sample(tally) &&
             open < kSomeConnectionsMissing) {
    judge.note(open < kFewConnections ? Status::invalid : Status::suspect,
               fmt::format("{:.1f} of {} connections were open on average",
                           tally.connections_average, spec.connections));
  }
  // An open loop may not need all of them.
  if (spec.requests != 0 || spec.rate) return;
  const auto served = static_cast<double>(tally.connections_served);
  if (tally.completed > 0 && served < requested) {
    judge.note(Status::suspect,
               fmt::format("{} of {} connections never got an answer",
                           requested - served, spec.connections));
  }
}

void judge_rate(const LoadSpec& spec, const Tally& tally, Judge& judge) {
  if (!spec.rate || spec.requests != 0) return;
  // Some are always under way at the end, as many as on average or twice that.
  constexpr double kAnyway = 3;
  const double under_way = std::min(static_cast<double>(tally.in_flight),
                                    2 * average_in_flight(tally) + kAnyway);
  const auto planned = static_cast<double>(tally.open_loop.planned);
  const double done =
      share(static_cast<double>(tally.completed) + under_way, planned);
  if (planned > 0 && done < kSomeOfTheRateMissing) {
    judge.note(done < kFewOfTheRate ? Status::invalid : Status::suspect,
               fmt::format("{:.3g} % of the requests that were due were "
                           "answered: the rate was not reached, and "
                           "percentiles above that are too low",
                           100 * done));
  }
  const Histogram& lateness = tally.open_loop.lateness;
  if (!lateness.supports(99)) return;
  const Nanoseconds late = lateness.percentile(99);
  const auto median = static_cast<double>(tally.total.percentile(50));
  const auto is_over = [&](Nanoseconds limit, double of_median) {
    return late > limit && static_cast<double>(late) > of_median * median;
  };
  if (!is_over(kLate, 0.05)) return;
  judge.note(is_over(kVeryLate, 0.25) ? Status::invalid : Status::suspect,
             fmt::format("the generator sent 1 % of the requests {} late or "
                         "more",
                         time(late)));
}

// L = λW (Little 1961): requests in flight, as they were counted now and then,
// against their times, as they were added up one by one.
void judge_by_littles_law(const Tally& tally, Judge& judge) {
  constexpr std::uint64_t kEnough = 1000;  // requests
  if (tally.completed < kEnough || !can_sample(tally)) return;
  const double summed = average_in_flight(tally);
  const double off = share(std::abs(tally.in_flight_average - summed), summed);
  // As if the samples, one for each tick, were of a Poisson distribution.
  const double samples = static_cast<double>(tally.measured) / kSampleEvery;
  const double chance = 3 / std::sqrt(samples * summed);
  if (off <= kSomeDisagreement + chance) return;
  judge.note(
      off > kMuchDisagreement + chance ? Status::invalid : Status::suspect,
      fmt::format("{:.3g} requests were in flight, but their times add "
                  "up to {:.3g}",
                  tally.in_flight_average, summed));
}

void judge_generator(const Tally& tally, Judge& judge) {
  if (tally.measured < kEnoughSamples) return;
  const GeneratorUse& use = tally.generator;
  if (use.busiest_thread >= kSuspectBusy) {
    judge.note(Status::suspect,
               "the generator used over 90 % of a core: it may be the limit, "
               "and not the server");
  }
  if (use.most_delayed_thread > kSomeDelay) {
    judge.note(Status::suspect,
               fmt::format("others kept the generator from its core for {:.3g} "
                           "% of the time",
                           100 * use.most_delayed_thread));
  }
}

void judge_waiting(const LoadSpec& spec, const Tally& tally, Judge& judge) {
  const Nanoseconds oldest = tally.oldest_in_flight;
  if (oldest <= kLongWait || oldest <= tally.service.max()) return;
  if (spec.requests != 0) return;
  judge.note(Status::suspect,
             fmt::format("a request was still unanswered after {}, longer than "
                         "any that was answered took",
                         time(oldest)));
}

// Of a load that is to be the same all the time.
void judge_steadiness(const LoadSpec& spec, const Tally& tally, Judge& judge) {
  constexpr std::size_t kEnough = 20;  // slices
  constexpr double kSure = 0.01;
  constexpr double kNoticeable = 0.05;
  constexpr double kWarmUp = 0.10;
  const bool is_steady_load =
      !spec.rate ||
      spec.rate->rate_at(0) == spec.rate->rate_at(spec.duration.count() - 1);
  if (!is_steady_load || tally.series.size() <= kEnough) return;
  std::vector<double> rates;
  for (std::size_t i = 0; i + 1 < tally.series.size(); ++i) {
    rates.push_back(static_cast<double>(tally.series[i].completed));
  }
  const double change = half_against_half(rates);
  if (mann_kendall(rates).p_value < kSure && std::abs(change) > kNoticeable) {
    judge.note(
        Status::suspect,
        fmt::format("the rate {} by {:.2g} % within the run",
                    change > 0 ? "rose" : "fell", 100 * std::abs(change)));
  }
  const std::size_t cut = mser5_cut(rates);
  double before = 0;
  double after = 0;
  for (std::size_t i = 0; i < rates.size(); ++i) {
    (i < cut ? before : after) += rates[i];
  }
  const double off =
      cut == 0 ? 0
               : share(before / static_cast<double>(cut),
                       after / static_cast<double>(rates.size() - cut)) -
                     1;
  if (off < -kWarmUp) {
    judge.note(
        Status::suspect,
        fmt::format("the first {} were slower, by {:.2g} %: more "
                    "--warmup leaves them out",
                    time(static_cast<Nanoseconds>(cut) * Tally::kIntervalNs),
                    -100 * off));
  }
}

}  // namespace

LoadVerdict judge(const LoadSpec& spec, const Tally& tally, bool interrupted) {
  Judge judge;
  if (interrupted) judge.note(Status::invalid, "interrupted before its end");
  judge_ledgers(tally, judge);
  judge_errors(tally, judge);
  judge_connections(spec, tally, judge);
  judge_rate(spec, tally, judge);
  judge_by_littles_law(tally, judge);
  judge_generator(tally, judge);
  judge_waiting(spec, tally, judge);
  judge_steadiness(spec, tally, judge);
  return judge.verdict();
}

const char* to_string(LoadVerdict::Status status) {
  switch (status) {
    case Status::valid:
      return "valid";
    case Status::suspect:
      return "suspect";
    case Status::invalid:
      break;
  }
  return "invalid";
}

}  // namespace sockmark
