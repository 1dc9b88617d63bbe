#include "harness/history/history_chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "harness/charts/chart_rows.h"
#include "harness/charts/chart_settings.h"
#include "harness/history/history_panel.h"
#include "harness/history/history_words.h"
#include "harness/history/panel_arrays.h"

namespace sockmark {
namespace {

constexpr std::size_t kMostPanels = 8;  // of a page
constexpr std::size_t kMostTicks = 9;

std::string_view to_string(RunMark mark) {
  constexpr std::array<std::string_view, 5> kNames = {"in", "out", "above",
                                                      "below", "gap"};
  return kNames[static_cast<std::size_t>(mark)];
}

std::string points_tsv(const std::vector<HistoryPanel>& panels) {
  Tsv tsv({"panel", "x", "y", "low", "high", "n", "mark"});
  for (std::size_t at = 0; at < panels.size(); ++at) {
    for (const PanelPoint& point : panels[at].points) {
      tsv.row({fmt::format("{}", at), number(point.x), number(point.y),
               number(point.low), number(point.high),
               fmt::format("{}", point.n), std::string(to_string(point.mark))});
    }
  }
  return tsv.text();
}

// The day, or the time of a day that was named before.
std::vector<Tick> ticks_of(const std::vector<StoredRunFacts>& runs) {
  constexpr std::size_t kTime = 11, kMinutes = 5;  // of ISO 8601
  const std::size_t stride = (runs.size() + kMostTicks - 1) / kMostTicks;
  std::vector<Tick> ticks;
  std::string last;
  for (std::size_t i = 0; i < runs.size(); i += stride) {
    const std::string day = day_of(runs[i]);
    ticks.push_back(
        {.at = static_cast<double>(i + 1),
         .text = day == last ? runs[i].date.substr(kTime, kMinutes) : day});
    last = day;
  }
  return ticks;
}

std::string drawn_on(const std::vector<HistoryPanel>& panels) {
  PanelArrays medians("median", {"from", "to", "y", "end"});
  PanelArrays limits("limit", {"from", "to", "low", "high"});
  PanelArrays changes("change", {"x", "row"});
  PanelArrays ticks("tick", {"y"});
  for (std::size_t at = 0; at < panels.size(); ++at) {
    const HistoryPanel& panel = panels[at];
    for (const PanelLine& line : panel.medians) {
      medians.add(at, {line.from, line.to, line.y, line.end});
    }
    if (!panel.limits.empty()) {
      const PanelLine& low = panel.limits.front();
      limits.add(at, {low.from, low.to, low.y, panel.limits.back().y});
    }
    for (const PanelChange& change : panel.changes) {
      changes.add(at, {change.x, static_cast<double>(change.row)}, change.text);
    }
    for (const Tick& tick : panel.y.ticks) ticks.add(at, {tick.at}, tick.text);
  }
  return medians.settings() + limits.settings() + changes.settings() +
         ticks.settings();
}

std::string panels_setting(const std::vector<HistoryPanel>& panels) {
  std::vector<std::string> titles, verdicts;
  std::vector<double> rows, least, most;
  for (const HistoryPanel& panel : panels) {
    titles.push_back(panel.title);
    verdicts.push_back(panel.verdict);
    rows.push_back(static_cast<double>(panel.rows()));
    least.push_back(panel.y.least);
    most.push_back(panel.y.most);
  }
  return texts_setting("panel_titles", titles) +
         texts_setting("panel_verdicts", verdicts) +
         numbers_setting("panel_rows", rows) +
         numbers_setting("panel_least", least) +
         numbers_setting("panel_most", most);
}

std::string runs_in_words(const std::vector<StoredRunFacts>& runs) {
  const std::string first = day_of(runs.front()), last = day_of(runs.back());
  if (runs.size() == 1) return "1 run, " + first;
  return fmt::format("{} runs, oldest first, {}", runs.size(),
                     first == last ? first : first + " to " + last);
}

std::string runs_setting(const std::vector<StoredRunFacts>& runs) {
  std::vector<double> places;
  std::vector<std::string> texts;
  for (const Tick& tick : ticks_of(runs)) {
    places.push_back(tick.at);
    texts.push_back(tick.text);
  }
  return fmt::format("runs = {}\n", runs.size()) +
         numbers_setting("x_ticks", places) + texts_setting("x_texts", texts);
}

// Of what is there.
std::string note_on_lines(const std::vector<HistoryPanel>& panels) {
  std::string note = "Level: the median between change points.";
  const auto any = [&panels](const auto& has) {
    return std::any_of(panels.begin(), panels.end(), has);
  };
  if (any([](const HistoryPanel& panel) { return !panel.limits.empty(); })) {
    note +=
        " Expected: the current one ± 3 robust standard deviations (1.4826 MAD "
        "of the logarithms); a ring is outside of it.";
  }
  if (any([](const HistoryPanel& panel) { return !panel.changes.empty(); })) {
    note += " At a change point stands the commit of the first run after it.";
  }
  return note + " The scale does not begin at 0.";
}

std::vector<std::string> notes_on(const HistoryReport& report,
                                  const std::vector<HistoryPanel>& panels) {
  const History& history = report.history;
  std::vector<std::string> notes = {
      note_on_points(history), note_on_lines(panels), note_on_changes(history)};
  const auto has = [&panels](auto... marks) {
    for (const HistoryPanel& panel : panels) {
      for (const PanelPoint& point : panel.points) {
        if (((point.mark == marks) || ...)) return true;
      }
    }
    return false;
  };
  if (has(RunMark::gap)) {
    notes.emplace_back("Cross at the foot: a run without a figure.");
  }
  if (has(RunMark::above, RunMark::below)) {
    notes.emplace_back("Triangle at the edge: an outlier beyond the scale.");
  }
  notes.push_back(machine_in_words(report));
  return notes;
}

Chart chart_of(const HistoryReport& report, const std::string& name,
               const std::vector<HistoryPanel>& panels) {
  const History& history = report.history;
  const std::string unit = scale_of(history).unit;
  const std::string subtitle =
      fmt::format("{} is better · {}",
                  history.metric.better == Better::lower ? "lower" : "higher",
                  runs_in_words(history.runs));
  return {
      .name = name,
      .script = "history",
      .medians = points_tsv(panels),
      .rounds = "",
      .settings =
          std::string(kSettingsHeader) +
          text_setting("title", history.metric.label + " over stored runs") +
          text_setting("subtitle", subtitle) +
          text_setting("y_label",
                       fmt::format("{}, {}", history.metric.label, unit)) +
          runs_setting(history.runs) + panels_setting(panels) +
          drawn_on(panels) + notes_setting(notes_on(report, panels))};
}

}  // namespace

std::vector<Chart> history_charts(const HistoryReport& report,
                                  const std::string& name) {
  std::vector<Chart> charts;
  std::vector<HistoryPanel> panels;
  const auto& series = report.history.series;
  for (std::size_t i = 0; i < series.size(); ++i) {
    panels.push_back(panel_of(series[i], report.history));
    if (panels.size() < kMostPanels && i + 1 < series.size()) continue;
    charts.push_back(chart_of(
        report,
        charts.empty() ? name : fmt::format("{}-{}", name, charts.size() + 1),
        panels));
    panels.clear();
  }
  return charts;
}

}  // namespace sockmark
