// Whether the new side of a comparison is worse than its base. Pure.
//
// docs/method.md explains it. Samples of both sides come in pairs (of
// neighbouring trials: `sockmark ab`) or not (stored runs: `sockmark compare`).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/gate/metric.h"

namespace sockmark {

// What there is to judge: one metric of one cell on both sides. `base[i]` and
// `head[i]` are of one pair where the samples are paired.
struct Samples {
  std::string cell;  // "long/epoll_lt/64 connections"
  Metric metric;
  std::vector<double> base;
  std::vector<double> head;
};

enum class Finding {
  regressed,     // worse by more than the margin, and that is no accident
  inconclusive,  // none of the others could be shown
  improved,      // better by more than the margin, and that is no accident
  same,          // shown to lie within the margin, to both sides
  not_worse      // shown not to be worse than the margin; perhaps better
};
std::string_view to_string(Finding finding);

// Hodges and Lehmann's estimate of head/base with its intervals, as ratios;
// below 1 is less of it, whether that is better or worse.
struct RatioEstimate {
  double ratio = 1;
  double low = 0, high = 0;      // 95 %
  double low90 = 0, high90 = 0;  // 90 %: what `same` is shown by
  double coverage = 0;           // of [low, high], exactly
};

struct Judgement {
  std::string cell;
  Metric metric;
  std::vector<double> base, head;  // as given
  std::optional<double> base_median, head_median;
  // Robust coefficients of variation: 1.4826 MAD / median.
  std::optional<double> base_variation, head_variation;
  std::optional<RatioEstimate> estimate;  // none: too few, zeros, exact rules
  // One-sided, of the new side being worse, and better; then by Holm's step-
  // down over the family (Holm 1979).
  std::optional<double> p_worse, p_better;
  std::optional<double> p_worse_adjusted, p_better_adjusted;
  Finding finding = Finding::inconclusive;
  std::string reason;  // why inconclusive, or what an exact rule saw
  // The smallest worsening that would have been seen in 4 of 5 such
  // comparisons, as a share (0.05: 5 %).
  std::optional<double> smallest_visible;
};

enum class Pairing { paired, unpaired };

// How the family is judged. Each of `looks` has an equal share of `alpha`.
struct JudgementRules {
  Pairing pairing = Pairing::paired;
  double alpha = 0.05;  // of any false alarm in the whole family
  int looks = 2;
};

// All of one look. The family for Holm's procedure is all noisy metrics that
// have samples of both sides.
std::vector<Judgement> judge(const std::vector<Samples>& family,
                             const JudgementRules& rules);

// How many pairs it takes at least before anything can be shown to differ:
// ⌈log2(metrics · looks / alpha)⌉.
std::size_t fewest_pairs(std::size_t metrics, const JudgementRules& rules);

// What a whole comparison came to: what verbs print, store and exit by.
struct ComparedSide {
  std::string name;         // as asked for: "main", "build/release"
  std::string description;  // a commit, a folder, a run; dirty or not
};

struct Comparison {
  ComparedSide base, head;
  Pairing pairing = Pairing::paired;
  JudgementRules rules = {};
  int rounds = 0;  // the most of any cell
  std::vector<Judgement> judgements;
  std::vector<std::string> missing;    // cells of the base that head lacks
  std::vector<std::string> fresh;      // cells that only head has
  std::vector<std::string> failed;     // "head: long/poll: crashed in round 3"
  std::vector<std::string> identical;  // servers whose binaries are the same
  std::vector<std::string> notes;      // doubts and reminders, a sentence each
  // Left out for want of a quiet machine.
  bool too_noisy = false;
};

// regressed (also by a missing or failed cell) > inconclusive > the rest; and
// nothing where there is nothing to compare.
std::optional<Finding> overall(const Comparison& comparison);

// The documented exit status; `strict` makes inconclusive one of its own.
int exit_status_of(const Comparison& comparison, bool strict);

}  // namespace sockmark
