// Comparison -> JSON.
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "harness/gate/comparison_json.h"
#include "harness/gate/comparison_names.h"

namespace sockmark {
namespace {

using Json = nlohmann::ordered_json;

// JSON has no infinity: what is not finite is as good as unknown.
Json or_null(const std::optional<double>& value) {
  return value && std::isfinite(*value) ? Json(*value) : Json(nullptr);
}

Json numbers(const std::vector<double>& values) {
  const bool are_numbers =
      std::all_of(values.begin(), values.end(),
                  [](double value) { return std::isfinite(value); });
  return are_numbers ? Json(values) : Json::array();
}

Json to_json(const ComparedSide& side) {
  return {{"name", side.name}, {"description", side.description}};
}

Json to_json(const Metric& metric) {
  return {{"name", metric.name},
          {"label", metric.label},
          {"unit", metric.unit},
          {"better", to_string(metric.better)},
          {"rule", to_string(metric.rule)},
          {"margin",
           {{"relative", metric.margin.relative},
            {"absolute", metric.margin.absolute}}}};
}

Json to_json(const std::optional<RatioEstimate>& estimate) {
  if (!estimate) return nullptr;
  return {{"ratio", estimate->ratio},   {"low", estimate->low},
          {"high", estimate->high},     {"low90", estimate->low90},
          {"high90", estimate->high90}, {"coverage", estimate->coverage}};
}

Json to_json(const Judgement& judgement) {
  return {{"cell", judgement.cell},
          {"metric", to_json(judgement.metric)},
          {"finding", to_string(judgement.finding)},
          {"reason",
           judgement.reason.empty() ? Json(nullptr) : Json(judgement.reason)},
          {"base", numbers(judgement.base)},
          {"head", numbers(judgement.head)},
          {"base_median", or_null(judgement.base_median)},
          {"head_median", or_null(judgement.head_median)},
          {"base_variation", or_null(judgement.base_variation)},
          {"head_variation", or_null(judgement.head_variation)},
          {"estimate", to_json(judgement.estimate)},
          {"p_worse", or_null(judgement.p_worse)},
          {"p_better", or_null(judgement.p_better)},
          {"p_worse_adjusted", or_null(judgement.p_worse_adjusted)},
          {"p_better_adjusted", or_null(judgement.p_better_adjusted)},
          {"smallest_visible", or_null(judgement.smallest_visible)}};
}

Json to_json(const std::vector<Judgement>& judgements) {
  Json json = Json::array();
  for (const Judgement& judgement : judgements) {
    json.push_back(to_json(judgement));
  }
  return json;
}

}  // namespace

std::string to_json(const Comparison& comparison) {
  const auto finding = overall(comparison);
  const Json json = {
      {"schema_version", kSchemaVersion},
      {"base", to_json(comparison.base)},
      {"head", to_json(comparison.head)},
      {"pairing", to_string(comparison.pairing)},
      {"alpha", comparison.rules.alpha},
      {"looks", comparison.rules.looks},
      {"rounds", comparison.rounds},
      {"overall", finding ? Json(to_string(*finding)) : Json(nullptr)},
      {"judgements", to_json(comparison.judgements)},
      {"missing", comparison.missing},
      {"fresh", comparison.fresh},
      {"failed", comparison.failed},
      {"identical", comparison.identical},
      {"notes", comparison.notes},
      {"too_noisy", comparison.too_noisy}};
  // What a server said at its end, in `failed`, need not be UTF-8.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sockmark
