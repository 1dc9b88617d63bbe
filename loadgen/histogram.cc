#include "loadgen/histogram.h"

#include <cmath>

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

double Histogram::mean() const {
  return count_ == 0 ? 0
                     : static_cast<double>(sum_) / static_cast<double>(count_);
}

double Histogram::standard_deviation() const {
  if (count_ == 0) return 0;
  double sum_of_squares = 0;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    if (counts_[i] == 0) continue;
    const std::int64_t lowest = i == 0 ? 0 : highest_at(i - 1) + 1;
    const double off = static_cast<double>(lowest + highest_at(i)) / 2 - mean();
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

}  // namespace sockmark
