#include "loadgen/schedule.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace sockmark {
namespace {

std::mt19937_64 stream(std::uint64_t seed, int thread) {
  std::seed_seq words{static_cast<std::uint32_t>(seed),
                      static_cast<std::uint32_t>(seed >> 32),
                      static_cast<std::uint32_t>(thread)};
  return std::mt19937_64(words);
}

// The first whole number from `least` on that is `thread` modulo `threads`.
double first_of_thread(double least, double thread, double threads) {
  return thread + threads * std::ceil((std::ceil(least) - thread) / threads);
}

}  // namespace

Arrivals::Arrivals(RateProfile profile, ArrivalKind kind, std::uint64_t seed,
                   int thread, int threads, Nanoseconds start)
    : profile_(std::move(profile)),
      kind_(kind),
      threads_(threads),
      end_(profile_.end()),
      random_(stream(seed, thread)) {
  const double before = profile_.arrivals_until(start);
  position_ = kind == ArrivalKind::constant
                  ? first_of_thread(before, thread, threads)
                  : before + threads_ * unit_exponential();
  find_next();
}

void Arrivals::pop() {
  if (next_ == kNever) return;
  // Whole numbers are exact up to 2^53.
  position_ +=
      kind_ == ArrivalKind::constant ? threads_ : threads_ * unit_exponential();
  find_next();
}

// By inversion, and not std::exponential_distribution, whose numbers differ
// from one standard library to the next.
double Arrivals::unit_exponential() {
  constexpr double kSteps = 9007199254740992.0;  // 2^53
  return -std::log((static_cast<double>(random_() >> 11) + 0.5) / kSteps);
}

void Arrivals::find_next() {
  const Nanoseconds due = profile_.time_of(position_);
  // Rounding must not turn the order of two in the same nanosecond.
  next_ = due >= end_ ? kNever : std::max(next_, due);
}

}  // namespace sockmark
