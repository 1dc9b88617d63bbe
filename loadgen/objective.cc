// Parsing only; objective_check.cc holds it against what was measured.
#include "loadgen/objective.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <stdexcept>

#include "lib/duration.h"
#include "loadgen/rate_profile.h"

namespace sockmark {
namespace {

using Quantity = Objective::Quantity;
using Comparison = Objective::Comparison;

struct Phase {
  std::string_view name;
  Histogram Tally::*histogram;
};

constexpr std::array kPhases = {
    Phase{"latency", &Tally::total}, Phase{"service", &Tally::service},
    Phase{"connect", &Tally::connect}, Phase{"send", &Tally::send},
    Phase{"first_byte", &Tally::first_byte}};

struct Operator {
  std::string_view text;
  Comparison comparison;
};

// The longer ones first.
constexpr std::array kOperators = {
    Operator{"<=", Comparison::at_most}, Operator{">=", Comparison::at_least},
    Operator{"<", Comparison::below}, Operator{">", Comparison::above}};

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// Nothing if `text` is not a number as a whole, or a negative one.
std::optional<double> parse_number(std::string_view text) {
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] =
      std::from_chars(text.data(), end, number, std::chars_format::fixed);
  if (error != std::errc() || rest != end || !std::isfinite(number)) return {};
  return std::signbit(number) ? std::nullopt : std::optional(number);
}

void parse_errors_limit(std::string_view limit, Objective& objective) {
  const bool share = limit.ends_with('%');
  if (share) limit = trimmed(limit.substr(0, limit.size() - 1));
  const std::optional<double> number = parse_number(limit);
  if (!number) {
    throw std::invalid_argument("expected errors as in 0.1% or 0");
  }
  objective.quantity = share ? Quantity::error_share : Quantity::error_count;
  objective.limit = share ? *number / 100 : *number;
}

void parse_figure(std::string_view name, Objective& objective) {
  for (const Phase& phase : kPhases) {
    const std::string_view after =
        name.substr(name.starts_with(phase.name) ? phase.name.size() : 0);
    if (after.size() == name.size() || !after.starts_with('.')) continue;
    objective.histogram = phase.histogram;
    name = after.substr(1);
    break;
  }
  if (name == "mean") {
    objective.quantity = Quantity::mean;
  } else if (name == "max") {
    objective.quantity = Quantity::max;
  } else {
    if (name.starts_with('p')) {
      objective.percent = parse_number(name.substr(1)).value_or(0);
    }
    if (objective.percent <= 0 || objective.percent >= 100) {
      throw std::invalid_argument(fmt::format(
          "'{}' is none of errors, rate, mean, max and p50 to p99.999, the "
          "last three also of latency., service., connect., send. or "
          "first_byte.",
          name));
    }
  }
}

Objective parse(std::string_view text) {
  Objective objective;
  objective.text = text;
  const std::size_t name_end = text.find_first_of("<>");
  if (name_end == std::string_view::npos) {
    throw std::invalid_argument("expected a limit, as in p99<5ms");
  }
  const auto* const found =
      std::ranges::find_if(kOperators, [&](const Operator& candidate) {
        return text.substr(name_end).starts_with(candidate.text);
      });
  objective.comparison = found->comparison;
  const std::string_view name = trimmed(text.substr(0, name_end));
  const std::string_view limit =
      trimmed(text.substr(name_end + found->text.size()));
  if (name == "errors") {
    parse_errors_limit(limit, objective);
  } else if (name == "rate") {
    objective.quantity = Quantity::rate;
    objective.limit = parse_rate(limit);
  } else {
    parse_figure(name, objective);
    objective.limit = static_cast<double>(parse_duration(limit).count());
  }
  return objective;
}

}  // namespace

Objective parse_objective(std::string_view text) try {
  return parse(text);
} catch (const std::invalid_argument& bad) {
  throw std::invalid_argument(
      fmt::format("bad objective '{}': {}", text, bad.what()));
}

}  // namespace sockmark
