#include "harness/ab/selfcheck_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "harness/cells/cells.h"
#include "harness/gate/verdict_line.h"
#include "harness/plan/progress.h"
#include "harness/record/record.h"
#include "harness/text/or_null.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

using Json = nlohmann::ordered_json;

std::string percent_or_unknown(const std::optional<double>& share) {
  return share ? format_percent(*share) : std::string(kUnknown);
}

// What is hardly there in the first place, or matters from an absolute margin
// on only, has to become many times as much: "x234".
std::string worsening_or_unknown(const std::optional<double>& share) {
  constexpr double kMuch = 10;
  return share && *share >= kMuch ? fmt::format("x{:.0f}", 1 + *share)
                                  : percent_or_unknown(share);
}

// Padded by what is seen, which is not what it takes in bytes.
std::string right(const std::string& text, std::size_t width) {
  const std::size_t seen = display_width(text);
  return std::string(width > seen ? width - seen : 0, ' ') + text;
}

constexpr std::size_t kLabel = 20;
constexpr std::size_t kColumn = 10;

// The times of the widest row: a metric that is known of few trials has less.
std::vector<Visible> columns_of(const Selfcheck& check) {
  std::vector<Visible> widest;
  for (const MetricNoise& metric : check.metrics) {
    if (metric.visible.size() > widest.size()) widest = metric.visible;
  }
  return widest;
}

std::string heading(const Selfcheck& check) {
  std::string pairs =
      fmt::format("{:<{}}{}", "", kLabel, right("spread", kColumn));
  std::string times = fmt::format("{:<{}}{}", "", kLabel, right("", kColumn));
  for (const Visible& column : columns_of(check)) {
    pairs += right(counted(column.pairs, "pair", "pairs"), kColumn);
    times += right(check.per_pair ? format_left(*check.per_pair *
                                                static_cast<long>(column.pairs))
                                  : std::string(kUnknown),
                   kColumn);
  }
  return pairs + "\n" + times + "\n";
}

std::string rows(const Selfcheck& check) {
  std::string text;
  for (const MetricNoise& metric : check.metrics) {
    text += metric.metric.label +
            right("", kLabel -
                          std::min(kLabel, display_width(metric.metric.label)));
    text += right(percent_or_unknown(metric.spread), kColumn);
    for (const Visible& visible : metric.visible) {
      text += right(worsening_or_unknown(visible.worsening), kColumn);
    }
    text += "\n";
  }
  return text;
}

std::string false_alarms(const GateCount& alike) {
  std::string text =
      fmt::format("Against itself: {} in {}",
                  counted(alike.regressed, "false alarm", "false alarms"),
                  counted(alike.gates, "gate", "gates"));
  if (!alike.regressions.empty()) {
    text += " (" + join(alike.regressions, ", ") + ")";
  }
  return text + fmt::format("; {} inconclusive, {} too noisy.\n",
                            alike.inconclusive, alike.too_noisy);
}

std::string known_slowdown(const Selfcheck& check) {
  if (check.slowed.gates == 0) {
    return "Nothing was slowed: the server's CPU per request is not known.\n";
  }
  return fmt::format(
      "With {} more CPU per request (measured: {}; --work {}):\n"
      "seen in {} of {}.\n",
      format_percent(check.slowdown),
      percent_or_unknown(check.measured_slowdown), check.work, check.seen,
      counted(check.slowed.gates, "gate", "gates"));
}

// Nothing if none failed.
std::string failures(const Selfcheck& check) {
  std::string text;
  for (const GateCount* const gates : {&check.alike, &check.slowed}) {
    for (const std::string& failure : gates->failed) text += failure + "\n";
  }
  return text;
}

const char* conclusion(const Selfcheck& check) {
  if (has_failed(check))
    return "The server failed: that says nothing of the gate.";
  return can_be_trusted(check)
             ? "The gate can be trusted here."
             : "The gate cannot be trusted here: see sockmark doctor.";
}

Json to_json(const GateCount& gates) {
  return {{"gates", gates.gates},
          {"regressed", gates.regressed},
          {"inconclusive", gates.inconclusive},
          {"too_noisy", gates.too_noisy},
          {"regressions", gates.regressions},
          {"failed", gates.failed}};
}

Json to_json(const MetricNoise& noise) {
  Json json = {{"metric", noise.metric.name},
               {"pairs", noise.pairs},
               {"spread", or_null(noise.spread)}};
  json["visible"] = Json::array();
  for (const Visible& visible : noise.visible) {
    json["visible"].push_back(
        {{"pairs", visible.pairs}, {"worsening", or_null(visible.worsening)}});
  }
  return json;
}

}  // namespace

std::string to_text(const Selfcheck& check) {
  return fmt::format(
      "{} — {}\n{}{}{}\nHow head/base spreads where nothing differs, and the "
      "smallest worsening that\n4 of 5 gates see in so many pairs of a cell:\n"
      "{}{}\n{}\n",
      check.server, describe(check.workload), false_alarms(check.alike),
      known_slowdown(check), failures(check), heading(check), rows(check),
      conclusion(check));
}

std::string to_json(const Selfcheck& check) {
  Json json = {
      {"schema_version", kSchemaVersion},
      {"server", check.server},
      {"workload", check.workload.name},
      {"connections", check.workload.connections},
      {"duration_ns", check.workload.duration_ns},
      {"pair_ns", check.per_pair ? Json(check.per_pair->count()) : Json()},
      {"alike", to_json(check.alike)},
      {"slowed", to_json(check.slowed)},
      {"slowdown", check.slowdown},
      {"measured_slowdown", or_null(check.measured_slowdown)},
      {"work", check.work.empty() ? Json() : Json(check.work)},
      {"seen", check.seen},
      {"trusted", can_be_trusted(check)}};
  json["metrics"] = Json::array();
  for (const MetricNoise& noise : check.metrics) {
    json["metrics"].push_back(to_json(noise));
  }
  return json.dump(1) + "\n";
}

}  // namespace sockmark
