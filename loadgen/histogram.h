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
  // A percentile with fewer values beyond it than this is mostly chance.
  static constexpr double kValuesBeyond = 20;
  // Values below 2^11 have a count each; above, each doubling has 2^10.
  static constexpr int kSubBucketBits = 11;

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

  // What was recorded after `earlier`, a copy of this one as it was. Its
  // minimum and maximum are known to the resolution only.
  Histogram since(const Histogram& earlier) const;

  std::uint64_t count() const { return count_; }

  // Of no values at all, these are 0.
  std::int64_t min() const { return count_ == 0 ? 0 : min_; }
  std::int64_t max() const { return max_; }
  double mean() const;
  double standard_deviation() const;

  // The smallest value that `percent` of all are not above: 50, 99, 99.9 ...
  std::int64_t percentile(double percent) const;

  // Whether enough values lie beyond that percentile to report it.
  bool supports(double percent) const;

  // How many values are above. One within the resolution of `nanoseconds`
  // counts as equal.
  std::uint64_t count_above(std::int64_t nanoseconds) const;

  // How often there was a value from lowest_at(i) to highest_at(i), for each i.
  std::span<const std::uint64_t> counts() const { return counts_; }
  static std::int64_t lowest_at(std::size_t index) {
    return index == 0 ? 0 : highest_at(index - 1) + 1;
  }
  static std::int64_t highest_at(std::size_t index);

 private:
  static std::size_t index_of(std::int64_t value) {
    const auto bits = static_cast<std::uint64_t>(value);
    const int bucket =
        std::max(0, static_cast<int>(std::bit_width(bits)) - kSubBucketBits);
    return (static_cast<std::size_t>(bucket) << (kSubBucketBits - 1)) +
           static_cast<std::size_t>(bits >> bucket);
  }

  std::vector<std::uint64_t> counts_;
  std::uint64_t count_ = 0;
  std::int64_t sum_ = 0;
  std::int64_t min_ = kHighest;
  std::int64_t max_ = 0;
};

}  // namespace sockmark
