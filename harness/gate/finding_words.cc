#include "harness/gate/finding_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "harness/text/text.h"

namespace sockmark {
namespace {

struct Words {
  std::string_view word, glyph;
};

Words words_of(Finding finding) {
  switch (finding) {
    case Finding::regressed:
      return {"regressed", "✗"};
    case Finding::inconclusive:
      return {"inconclusive", "?"};
    case Finding::improved:
      return {"improved", "✓"};
    case Finding::same:
      return {"same", "="};
    case Finding::not_worse:
      return {"not worse", "≥"};
  }
  return {"unknown", "?"};
}

// Above 0: more of it is on the new side.
std::string_view direction(const Metric& metric, double change) {
  if (change == 0) return "";
  const bool is_better = (change > 0) == (metric.better == Better::higher);
  return is_better ? " better" : " worse";
}

// One decimal, or as many as it takes to see anything at all.
std::string rounded(double percent) {
  const double size = std::abs(percent);
  if (size >= 99.95) {
    return (percent > 0 ? "+" : "") + format_count(percent);
  }
  if (size >= 0.095) return fmt::format("{:+.1f}", percent);
  if (size >= 0.0095) return fmt::format("{:+.2f}", percent);
  return size < 1e-9 ? "0.0" : fmt::format("{:+.1g}", percent);
}

ReadableUnit readable(const std::string& unit, double most) {
  constexpr double kKi = 1024;
  if (unit == "ns") {
    if (most >= 1e9) return {"s", 1e9};
    if (most >= 1e6) return {"ms", 1e6};
    if (most >= 1e3) return {"µs", 1e3};
  } else if (unit == "bytes") {
    if (most >= kKi * kKi * kKi) return {"GiB", kKi * kKi * kKi};
    if (most >= kKi * kKi) return {"MiB", kKi * kKi};
    if (most >= 10 * kKi) return {"KiB", kKi};
  }
  return {unit, 1};
}

// "3", "2.5", "1,000".
std::string plain(double value) {
  const bool is_whole = std::abs(value - std::round(value)) < 1e-9;
  return is_whole ? format_count(value) : format_digits(value, 2);
}

std::string with_unit(double value, const std::string& unit) {
  const ReadableUnit readable_unit = readable(unit, std::abs(value));
  return fmt::format("{}{}{}", plain(value / readable_unit.divisor),
                     unit.empty() ? "" : " ", readable_unit.name);
}

}  // namespace

std::string_view word_of(Finding finding) { return words_of(finding).word; }

std::string_view glyph_of(Finding finding) { return words_of(finding).glyph; }

std::string marked(Finding finding) {
  return fmt::format("{} {}", glyph_of(finding), word_of(finding));
}

std::optional<double> ratio_of(const Judgement& judgement) {
  if (judgement.estimate) return judgement.estimate->ratio;
  if (judgement.metric.rule == Rule::noisy) return std::nullopt;
  if (judgement.base_median.value_or(0) <= 0 ||
      judgement.head_median.value_or(0) <= 0) {
    return std::nullopt;
  }
  return *judgement.head_median / *judgement.base_median;
}

std::optional<double> worsening_of(const Judgement& judgement) {
  const auto ratio = ratio_of(judgement);
  if (!ratio || *ratio <= 0) return std::nullopt;
  const double change = std::log(*ratio);
  return judgement.metric.better == Better::lower ? change : -change;
}

std::string signed_percent(double ratio) { return rounded(100 * (ratio - 1)); }

std::string percent_of(double ratio) { return signed_percent(ratio) + " %"; }

std::string change_of(const Judgement& judgement) {
  if (const auto ratio = ratio_of(judgement)) {
    std::string percent = percent_of(*ratio);
    if (percent == "0.0 %") return percent;
    return percent + std::string(direction(judgement.metric, *ratio - 1));
  }
  const bool is_judged =
      judgement.metric.rule != Rule::noisy || judgement.p_worse;
  if (!is_judged || !judgement.base_median || !judgement.head_median) {
    return std::string(kUnknown);
  }
  const double difference = *judgement.head_median - *judgement.base_median;
  if (difference == 0) return "0";
  const ReadableUnit unit = unit_of(judgement);
  return fmt::format("{}{}{}", difference > 0 ? "+" : "",
                     format_figure(difference / unit.divisor),
                     direction(judgement.metric, difference));
}

std::string interval_of(const Judgement& judgement) {
  if (!judgement.estimate || judgement.estimate->coverage <= 0) {
    return std::string(kUnknown);
  }
  return fmt::format("[{}, {}]", signed_percent(judgement.estimate->low),
                     signed_percent(judgement.estimate->high));
}

std::string margin_of(const Metric& metric) {
  const Margin& margin = metric.margin;
  if (metric.rule == Rule::none) return "any";
  if (margin.relative <= 0 && margin.absolute <= 0) return "any";
  std::string relative = plain(100 * margin.relative) + " %";
  if (margin.absolute <= 0) return relative;
  std::string absolute = with_unit(margin.absolute, metric.unit);
  if (margin.relative <= 0) return absolute;
  return fmt::format("{} and {}", relative, absolute);
}

std::string probability_of(const Judgement& judgement) {
  const bool is_worse = worsening_of(judgement).value_or(0) >= 0;
  const auto& p =
      is_worse ? judgement.p_worse_adjusted : judgement.p_better_adjusted;
  if (!p) return std::string(kUnknown);
  if (*p < 0.0005) return "<0.001";
  return *p >= 0.9995 ? "1" : fmt::format("{:.3f}", *p);
}

std::string visible_of(const Judgement& judgement) {
  if (judgement.finding != Finding::inconclusive ||
      !judgement.smallest_visible) {
    return std::string(kUnknown);
  }
  return plain(100 * *judgement.smallest_visible) + " %";
}

std::string count_of(const Judgement& judgement) {
  if (judgement.base.size() == judgement.head.size()) {
    return fmt::format("{}", judgement.base.size());
  }
  return fmt::format("{}/{}", judgement.base.size(), judgement.head.size());
}

ReadableUnit unit_of(const Judgement& judgement) {
  const double most = std::max(std::abs(judgement.base_median.value_or(0)),
                               std::abs(judgement.head_median.value_or(0)));
  return readable(judgement.metric.unit, most);
}

MarginBand margin_band(const Judgement& judgement) {
  const Margin& margin = judgement.metric.margin;
  if (judgement.metric.rule == Rule::none) return {};
  double share = margin.relative;
  if (judgement.base_median.value_or(0) > 0) {
    share = std::max(share, margin.absolute / *judgement.base_median);
  }
  return {.low = std::max(0.0, 1 - share), .high = 1 + share};
}

std::string metric_of(const Judgement& judgement) {
  const std::string unit = unit_of(judgement).name;
  const std::string& label = judgement.metric.label;
  if (label.starts_with(unit) || label.ends_with(unit)) return label;
  return fmt::format("{}, {}", label, unit);
}

}  // namespace sockmark
