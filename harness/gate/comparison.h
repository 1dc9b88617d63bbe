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

#include "harness/record/metric.h"

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
  std::optional<double> base_median = {}, head_median = {};
  // Robust coefficients of variation: 1.4826 MAD / median.
  std::optional<double> base_variation = {}, head_variation = {};
  // None: no values, zeros, or judged by a rule.
  std::optional<RatioEstimate> estimate = {};
  // One-sided, of the new side being worse, and better; then by Holm's step-
  // down over the family (Holm 1979).
  std::optional<double> p_worse = {}, p_better = {};
  std::optional<double> p_worse_adjusted = {}, p_better_adjusted = {};
  Finding finding = Finding::inconclusive;
  std::string reason = {};  // why inconclusive, or what an exact rule saw
  // The smallest worsening that would have been seen in 4 of 5 such
  // comparisons, as a share (0.05: 5 %): harness/gate/smallest_visible.h.
  std::optional<double> smallest_visible = {};
};

enum class Pairing { paired, unpaired };

// How the family is judged. Each of `looks` has an equal share of `alpha`.
struct JudgementRules {
  Pairing pairing = Pairing::paired;
  double alpha = 0.05;  // of any false alarm in the whole family
  int looks = 2;
};

// All of one look, in the order that they are given. The family for Holm's
// procedure is all noisy metrics that have samples of both sides.
//
// Noisy ones are compared as ratios; where a value is 0 or less, which has no
// ratio, as differences in the metric's unit, and `estimate` stays empty. A
// difference is harmless within the larger of both margins, the relative one
// being a share of the base's median. Regressed: p_worse_adjusted is below
// alpha / looks, and Hodges and Lehmann's estimate is worse than harmless;
// improved likewise. Same: the 90 % interval lies within the harmless (two one-
// sided tests at 5 %, Schuirmann 1987); not worse: its worse end does.
//
// Throws std::invalid_argument for pairs of which one side has more.
std::vector<Judgement> judge(const std::vector<Samples>& samples,
                             const JudgementRules& rules);

// How many pairs it takes at least before anything can be shown to differ:
// ⌈log2(metrics · looks / alpha)⌉; of what is unpaired, how many of each side.
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
  std::vector<Judgement> judgements = {};
  std::vector<std::string> missing = {};  // cells of the base that head lacks
  std::vector<std::string> fresh = {};    // cells that only head has
  // "head: long/poll: crashed in round 3", or "base: ...": a side, the cell as
  // in the judgements, and what happened.
  std::vector<std::string> failed = {};
  std::vector<std::string> identical = {};  // servers with the same binaries
  std::vector<std::string> notes = {};  // doubts and reminders, a sentence each
  // Left out for want of a quiet machine.
  bool too_noisy = false;
};

// regressed (also by a cell that is missing, or failed on the new side alone)
// > inconclusive (also by a cell that failed on the base) > improved >
// not_worse > same. What statistics call a regression on a machine that was too
// noisy is inconclusive. Nothing where there is nothing to compare.
std::optional<Finding> overall(const Comparison& comparison);

// The documented exit status (harness/process/exit_statuses.h), the first that
// holds:
//
// 7, 6  nothing was compared, and nothing failed either: 6 if that is for want
//       of a quiet machine. Two sides that share no cell are not a regression,
//       they are the wrong two sides.
// 3     the new side is worse in what no noise explains: a cell is missing, or
//       failed there and not on the base, or an exact metric regressed.
// 3     anything else regressed, on a machine that was quiet enough. Found is
//       found: whatever failed or stayed open beside it.
// 5     a server failed on the base, or on both sides: not the change's fault,
//       but that cell was not compared.
// 6     the machine was too noisy.
// 4     with `strict`: something is inconclusive.
// 0     nothing got worse, as far as it could be seen.
int exit_status_of(const Comparison& comparison, bool strict);

}  // namespace sockmark
