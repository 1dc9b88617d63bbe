// Whether paired measurements differ, and by how much: Wilcoxon's signed-rank
// test and the estimate and interval that belong to it.
//
// Wilcoxon 1945; Hodges and Lehmann 1963; Hollander, Wolfe and Chicken,
// Nonparametric Statistical Methods (3rd ed.), sections 3.1 to 3.3. Exact: the
// null distribution is counted out, ties included, for as many pairs as anyone
// measures. It assumes that the differences are independent and symmetric about
// their centre, which those of two like servers in shuffled order are; drift of
// the machine cancels within a pair.
//
// Pure: touches neither clock nor disk nor process. Units are the caller's.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace sockmark {

struct SignedRankInterval {
  double estimate = 0;  // Hodges and Lehmann: the median of all pairs' means
  double low = 0;
  double high = 0;
  double coverage = 0;  // the exact probability that [low, high] covers the
                        // centre; below what was asked where n is too small
  std::size_t n = 0;
};

inline constexpr std::size_t kMostPairs = 400;

// Nothing of no differences. Throws std::invalid_argument for more than
// kMostPairs of them or one that is not a number.
std::optional<SignedRankInterval> signed_rank_interval(
    std::span<const double> differences, double confidence);

// One for each of these confidences, for the work of one. None of no
// differences. Throws as above.
std::vector<SignedRankInterval> signed_rank_intervals(
    std::span<const double> differences, std::span<const double> confidences);

// The probability, if `centre` were the centre of all differences, of a sum of
// ranks as small as that of these differences or smaller: small when they lie
// below it. Differences equal to the centre say nothing and are left out
// (Wilcoxon); of none the probability is 1. Throws as above.
double signed_rank_p_below(std::span<const double> differences, double centre);

// The same for lying above.
double signed_rank_p_above(std::span<const double> differences, double centre);

}  // namespace sockmark
