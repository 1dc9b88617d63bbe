// A log-linear histogram of durations, in the layout of HdrHistogram (Gil
// Tene) with three significant digits.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace sockmark {

// Recording is a shift and an addition. A value read back is at most 0.1 %
// above what was recorded: the largest that falls into the same count. Mean,
// minimum and maximum are exact. Not shared between threads: each has its own,
// and they are merged at the end.
class Histogram {
 public:
  // Nanoseconds; longer ones count as an hour.
  static constexpr std::int64_t kHighest = 3'600'000'000'000;
  static constexpr int kSignificantDigits = 3;

  Histogram() : counts_(index_of(kHighest) + 1) {}

  void record(std::int64_t nanoseconds) {
    const std::int64_t value =
        std::clamp<std::int64_t>(nanoseconds, 0, kHighest);
    ++counts_[index_of(value)];
    ++count_;
    sum_ += value;
    min_ = std::min(min_, value);
    max_ = std::max(max_, value);
  }

  void merge(const Histogram& other);
  void clear() { *this = Histogram(); }

  std::uint64_t count() const { return count_; }

  // Of no values at all, these are 0.
  std::int64_t min() const { return count_ == 0 ? 0 : min_; }
  std::int64_t max() const { return max_; }
  double mean() const;
  double standard_deviation() const;

  // The smallest value that `percent` of all are not above: 50, 99, 99.9 ...
  std::int64_t percentile(double percent) const;

  std::span<const std::uint64_t> counts() const { return counts_; }

 private:
  // Values below 2048 have a count each; above, each doubling has 1024.
  static constexpr int kSubBucketBits = 11;

  static std::size_t index_of(std::int64_t value) {
    const auto bits = static_cast<std::uint64_t>(value);
    const int bucket =
        std::max(0, static_cast<int>(std::bit_width(bits)) - kSubBucketBits);
    return (static_cast<std::size_t>(bucket) << (kSubBucketBits - 1)) +
           static_cast<std::size_t>(bits >> bucket);
  }
  static std::int64_t highest_at(std::size_t index);

  std::vector<std::uint64_t> counts_;
  std::uint64_t count_ = 0;
  std::int64_t sum_ = 0;
  std::int64_t min_ = kHighest;
  std::int64_t max_ = 0;
};

}  // namespace sockmark
