// JSON -> comparison.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <limits>
#include <stdexcept>

#include "harness/gate/comparison_json.h"
#include "harness/gate/comparison_names.h"
#include "harness/text/located_json.h"

namespace sockmark {
namespace {

constexpr double kLargest = std::numeric_limits<double>::max();
constexpr int kMost = std::numeric_limits<int>::max();

double number_in(const LocatedJson& json) {
  return json.number(-kLargest, kLargest);
}

std::optional<double> optional_in(const LocatedJson& json,
                                  const std::string& key) {
  const auto found = json.find(key);
  if (!found) return std::nullopt;
  return number_in(*found);
}

std::vector<double> numbers_in(const LocatedJson& json) {
  std::vector<double> values;
  for (const LocatedJson& value : json.items()) {
    values.push_back(number_in(value));
  }
  return values;
}

// None of what an older version did not know.
std::vector<std::string> texts_in(const LocatedJson& json,
                                  const std::string& key) {
  std::vector<std::string> texts;
  const auto found = json.find(key);
  if (!found) return texts;
  for (const LocatedJson& text : found->items()) texts.push_back(text.text());
  return texts;
}

// The enumerator that is called so.
template <typename Enum, std::size_t n>
Enum one_of(const std::array<Enum, n>& all, const LocatedJson& json) {
  const std::string name = json.text();
  std::vector<std::string_view> names;
  for (const Enum one : all) {
    if (to_string(one) == name) return one;
    names.push_back(to_string(one));
  }
  json.refuse(fmt::format("one of {}", fmt::join(names, ", ")));
}

ComparedSide side_in(const LocatedJson& json) {
  return {.name = json.at("name").text(),
          .description = json.at("description").text()};
}

Metric metric_in(const LocatedJson& json) {
  const LocatedJson margin = json.at("margin");
  return {.name = json.at("name").text(),
          .label = json.at("label").text(),
          .unit = json.at("unit").text(),
          .better = one_of(std::array{Better::lower, Better::higher},
                           json.at("better")),
          .rule = one_of(std::array{Rule::noisy, Rule::exact, Rule::none},
                         json.at("rule")),
          .margin = {.relative = number_in(margin.at("relative")),
                     .absolute = number_in(margin.at("absolute"))}};
}

std::optional<RatioEstimate> estimate_in(
    const std::optional<LocatedJson>& json) {
  if (!json) return std::nullopt;
  return RatioEstimate{.ratio = number_in(json->at("ratio")),
                       .low = number_in(json->at("low")),
                       .high = number_in(json->at("high")),
                       .low90 = number_in(json->at("low90")),
                       .high90 = number_in(json->at("high90")),
                       .coverage = number_in(json->at("coverage"))};
}

Judgement judgement_in(const LocatedJson& json) {
  constexpr std::array kFindings = {Finding::regressed, Finding::inconclusive,
                                    Finding::improved, Finding::same,
                                    Finding::not_worse};
  const auto reason = json.find("reason");
  return {.cell = json.at("cell").text(),
          .metric = metric_in(json.at("metric")),
          .base = numbers_in(json.at("base")),
          .head = numbers_in(json.at("head")),
          .base_median = optional_in(json, "base_median"),
          .head_median = optional_in(json, "head_median"),
          .base_variation = optional_in(json, "base_variation"),
          .head_variation = optional_in(json, "head_variation"),
          .estimate = estimate_in(json.find("estimate")),
          .p_worse = optional_in(json, "p_worse"),
          .p_better = optional_in(json, "p_better"),
          .p_worse_adjusted = optional_in(json, "p_worse_adjusted"),
          .p_better_adjusted = optional_in(json, "p_better_adjusted"),
          .finding = one_of(kFindings, json.at("finding")),
          .reason = reason ? reason->text() : "",
          .smallest_visible = optional_in(json, "smallest_visible")};
}

void require_comparison(const LocatedJson& json) {
  if (!json.find("judgements") || !json.find("schema_version")) {
    json.fail("this is no comparison of sockmark's");
  }
  const LocatedJson version = json.at("schema_version");
  if (version.integer(1, kMost) > kSchemaVersion) {
    version.fail(
        fmt::format("{} is newer than this program's {}: update sockmark",
                    version.integer(1, kMost), kSchemaVersion));
  }
}

}  // namespace

Comparison read_comparison(std::string_view text, const std::string& origin) {
  const bool is_empty =
      text.find_first_not_of(" \t\r\n") == std::string_view::npos;
  if (is_empty) throw std::runtime_error(origin + ": the file is empty");
  const LocatedJson json = LocatedJson::parse(text, origin);
  require_comparison(json);
  const auto pairing = one_of(std::array{Pairing::paired, Pairing::unpaired},
                              json.at("pairing"));
  Comparison comparison = {
      .base = side_in(json.at("base")),
      .head = side_in(json.at("head")),
      .pairing = pairing,
      .rules = {.pairing = pairing,
                .alpha = json.at("alpha").number(0, 1),
                .looks = static_cast<int>(json.at("looks").integer(1, kMost))},
      .rounds = static_cast<int>(json.at("rounds").integer(0, kMost)),
      .judgements = {},
      .missing = texts_in(json, "missing"),
      .fresh = texts_in(json, "fresh"),
      .failed = texts_in(json, "failed"),
      .identical = texts_in(json, "identical"),
      .notes = texts_in(json, "notes"),
      .too_noisy = json.at("too_noisy").flag()};
  for (const LocatedJson& judgement : json.at("judgements").items()) {
    comparison.judgements.push_back(judgement_in(judgement));
  }
  return comparison;
}

}  // namespace sockmark
