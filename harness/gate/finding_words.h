// How a figure of a comparison is said to people: what was found, by how much,
// and whether that is better or worse. + and - are always of head against base.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "harness/gate/comparison.h"

namespace sockmark {

// "regressed", "not worse". Unlike what is stored, for people only.
std::string_view word_of(Finding finding);

// A sign that stands for it where there is no colour: "✗", "?", "✓", "=", "≥".
std::string_view glyph_of(Finding finding);

// "✗ regressed"
std::string marked(Finding finding);

// head/base: the estimate; of an exact metric the medians' ratio. Nothing where
// there is neither.
std::optional<double> ratio_of(const Judgement& judgement);

// How much worse the new side is, as a logarithm: above 0 is worse, whatever
// the metric. Nothing where there is no ratio.
std::optional<double> worsening_of(const Judgement& judgement);

// Of a ratio, signed: "+4.1 %", "-0.03 %", "0.0 %". Without its unit: "+4.1".
std::string percent_of(double ratio);
std::string signed_percent(double ratio);

// "+4.1 % worse", "-0.3 % better", "0.0 %"; where zeros leave no ratio, the
// difference of the medians: "+3.00 worse". kUnknown where nothing was judged.
std::string change_of(const Judgement& judgement);

// "[-1.2, +3.4]" in %. kUnknown where there is none.
std::string interval_of(const Judgement& judgement);

// What change matters: "3 %", "10 % and 50 µs", "any".
std::string margin_of(const Metric& metric);

// Of a change in the direction that was seen, adjusted for the family: "0.018".
std::string probability_of(const Judgement& judgement);

// From which worsening on it would have been seen: "6.2 %". kUnknown unless it
// is inconclusive.
std::string visible_of(const Judgement& judgement);

// Pairs, or of both sides where they differ: "10", "10/8".
std::string count_of(const Judgement& judgement);

// The unit in which both medians read well, and what a figure is divided by for
// it.
struct ReadableUnit {
  std::string name;
  double divisor = 1;
};
ReadableUnit unit_of(const Judgement& judgement);

// The ratios within which a change does not matter; `low` is 0 where no
// decrease does.
struct MarginBand {
  double low = 1;
  double high = 1;
};
MarginBand margin_band(const Judgement& judgement);

// "CPU/request, µs": the metric with that unit, unless its label says it.
std::string metric_of(const Judgement& judgement);

}  // namespace sockmark
