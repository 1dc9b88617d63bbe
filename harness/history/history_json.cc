#include "harness/history/history_json.h"

#include <nlohmann/json.hpp>

#include "harness/record/record.h"
#include "harness/record/workload_json.h"
#include "harness/text/or_null.h"

namespace sockmark {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const Metric& metric) {
  return {{"name", metric.name},
          {"unit", or_null(metric.unit)},
          {"better", metric.better == Better::lower ? "lower" : "higher"}};
}

Json to_json(const ChangePointRules& rules) {
  return {{"fewest_runs", rules.fewest_values},
          {"p", rules.p},
          {"factor", rules.factor},
          {"least_segment", rules.split.least_segment},
          {"window", rules.split.window},
          {"short_window", rules.split.short_window},
          {"seed", rules.seed}};
}

Json to_json(const Fingerprint& machine) {
  Json json = Json::object();
  for (const Trait& trait : machine.traits) {
    json[trait.name] = or_null(trait.value);
  }
  return json;
}

Json to_json(const StoredRunFacts& run) {
  return {{"run", run.name},
          {"date", run.date},
          {"git_commit", or_null(run.commit)},
          {"git_dirty", or_null(run.dirty)},
          {"has_ended", run.has_ended},
          {"fingerprint", run.machine ? to_json(*run.machine) : Json()}};
}

Json to_json(const SeriesPoint& point, const History& history) {
  const auto& value = point.value;
  const bool has_interval = value && value->has_interval();
  return {{"run", history.runs[point.run].name},
          {"median", value ? Json(value->median) : Json()},
          {"low", has_interval ? Json(value->low) : Json()},
          {"high", has_interval ? Json(value->high) : Json()},
          {"coverage", has_interval ? Json(value->coverage) : Json()},
          {"n", value ? value->n : 0},
          {"server_sha256", or_null(point.sha256)},
          {"why_not", or_null(point.why_not)}};
}

Json to_json(const Segment& segment, const Series& series,
             const History& history) {
  const auto run_at = [&](std::size_t point) {
    return history.runs[series.points[point].run].name;
  };
  return {{"first_run", run_at(segment.first)},
          {"last_run", run_at(segment.last)},
          {"runs", segment.n},
          {"median", segment.median}};
}

Json to_json(const Step& step, const Series& series, const History& history) {
  const auto& before = history.runs[series.points[step.before].run];
  const auto& after = history.runs[series.points[step.point].run];
  const bool is_worse =
      history.metric.better == Better::lower ? step.ratio > 1 : step.ratio < 1;
  return {{"run", after.name},
          {"date", after.date},
          {"git_commit", or_null(after.commit)},
          {"previous_run", before.name},
          {"previous_git_commit", or_null(before.commit)},
          {"ratio", step.ratio},
          {"worse", is_worse},
          {"p", step.p},
          {"same_binary", or_null(step.same_binary)}};
}

Json to_json(const std::optional<Drift>& drift) {
  if (!drift) return nullptr;
  return {{"ratio", drift->ratio}, {"z", drift->z}};
}

Json to_json(const std::optional<ControlLimits>& limits) {
  if (!limits) return nullptr;
  return {
      {"centre", limits->centre}, {"low", limits->low}, {"high", limits->high}};
}

Json to_json(const LeftOutRun& run) {
  return {{"run", run.run},
          {"reason", run.reason},
          {"of_another_machine", run.is_of_another_machine}};
}

Json to_json(const Series& series, const History& history);

template <typename T, typename... Context>
Json list_of(const std::vector<T>& items, const Context&... context) {
  Json list = Json::array();
  for (const T& item : items) list.push_back(to_json(item, context...));
  return list;
}

Json to_json(const Series& series, const History& history) {
  return {{"server", series.server},
          {"workload", to_json(series.workload)},
          {"points", list_of(series.points, history)},
          {"segments", list_of(series.segments, series, history)},
          {"change_points", list_of(series.steps, series, history)},
          {"why_not_looked", or_null(series.why_not_looked)},
          {"drift", to_json(series.drift)},
          {"control_limits", to_json(series.limits)}};
}

}  // namespace

std::string history_json(const HistoryReport& report) {
  const History& history = report.history;
  const Json json = {{"schema_version", kSchemaVersion},
                     {"metric", to_json(history.metric)},
                     {"any_machine", report.any_machine},
                     {"rules", to_json(history.rules)},
                     {"runs", list_of(history.runs)},
                     {"series", list_of(history.series, history)},
                     {"without_figures", history.without_figures},
                     {"left_out", list_of(report.left_out)}};
  // Folders' names need not be UTF-8.
  return json.dump(1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace sockmark
