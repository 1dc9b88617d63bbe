// Whether two samples that were not measured in pairs differ: Mann and
// Whitney's test (1947; Wilcoxon 1945), exact, and Hodges and Lehmann's
// estimate of the shift with the interval that belongs to it. Hollander, Wolfe
// and Chicken, Nonparametric Statistical Methods (3rd ed.), sections 4.1 to
// 4.3. What drifts on the machine between the samples is taken for a
// difference: pairs (harness/statistics/signed_rank.h) are better where they
// can be had.
//
// Pure: touches neither clock nor disk nor process. Units are the caller's.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace sockmark {

struct RankSumInterval {
  double estimate = 0;  // the median of all differences, new - base
  double low = 0;
  double high = 0;
  double coverage = 0;  // exact without ties; conservative with them
  std::size_t base_n = 0;
  std::size_t new_n = 0;
};

inline constexpr std::size_t kMostInASample = 50;

// Nothing if a sample is empty. Throws std::invalid_argument for a sample of
// more than kMostInASample or a value that is not a number.
std::optional<RankSumInterval> rank_sum_interval(std::span<const double> base,
                                                 std::span<const double> fresh,
                                                 double confidence);

// The probability, if both came from one distribution, of the new ones lying
// this far below the base's. Exact, ties included. 1 if a sample is empty.
// Throws as above.
double rank_sum_p_below(std::span<const double> base,
                        std::span<const double> fresh);

// The same for lying above.
double rank_sum_p_above(std::span<const double> base,
                        std::span<const double> fresh);

// The same in either direction: twice the smaller of the two.
double rank_sum_p(std::span<const double> base, std::span<const double> fresh);

}  // namespace sockmark
