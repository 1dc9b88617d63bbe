#include "loadgen/histogram.h"

#include <cmath>
#include <numeric>

namespace sockmark {

std::int64_t Histogram::highest_at(std::size_t index) {
  constexpr std::size_t kHalf = std::size_t{1} << (kSubBucketBits - 1);
  const std::size_t bucket = index < 2 * kHalf ? 0 : index / kHalf - 1;
  const std::size_t sub_bucket = index - bucket * kHalf;
  return static_cast<std::int64_t>(((sub_bucket + 1) << bucket) - 1);
}

void Histogram::merge(const Histogram& other) {
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    counts_[i] += other.counts_[i];
  }
  count_ += other.count_;
  sum_ += other.sum_;
  min_ = std::min(min_, other.min_);
  max_ = std::max(max_, other.max_);
}

Histogram Histogram::since(const Histogram& earlier) const {
  Histogram interval;
  interval.count_ = count_ - earlier.count_;
  interval.sum_ = sum_ - earlier.sum_;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    interval.counts_[i] = counts_[i] - earlier.counts_[i];
    if (interval.counts_[i] == 0) continue;
    interval.min_ = std::min(interval.min_, std::max(lowest_at(i), min_));
    interval.max_ = std::min(highest_at(i), max_);
  }
  return interval;
}

double Histogram::mean() const {
  return count_ == 0 ? 0
                     : static_cast<double>(sum_) / static_cast<double>(count_);
}

double Histogram::standard_deviation() const {
  if (count_ == 0) return 0;
  double sum_of_squares = 0;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    if (counts_[i] == 0) continue;
    const double middle = static_cast<double>(lowest_at(i) + highest_at(i)) / 2;
    const double off = middle - mean();
    sum_of_squares += off * off * static_cast<double>(counts_[i]);
  }
  return std::sqrt(sum_of_squares / static_cast<double>(count_));
}

std::int64_t Histogram::percentile(double percent) const {
  // Half a millionth of a count absorbs that 99.9 is no binary fraction.
  const double wanted = percent * static_cast<double>(count_) / 100 - 5e-7;
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    seen += counts_[i];
    if (seen > 0 && static_cast<double>(seen) >= wanted) {
      return std::min(highest_at(i), max_);
    }
  }
  return max_;
}

bool Histogram::supports(double percent) const {
  // The small addition absorbs that 99.9 is no binary fraction.
  const double beyond = static_cast<double>(count_) * (100 - percent) / 100;
  return beyond + 5e-7 >= kValuesBeyond;
}

std::uint64_t Histogram::count_above(std::int64_t nanoseconds) const {
  if (nanoseconds < 0) return count_;
  const auto above = counts().subspan(
      index_of(std::min<std::int64_t>(nanoseconds, kHighest)) + 1);
  return std::accumulate(above.begin(), above.end(), std::uint64_t{0});
}

}  // namespace sockmark
