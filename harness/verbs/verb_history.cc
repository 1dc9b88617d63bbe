// sockmark history: what became of each cell over the stored runs.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "harness/history/history_chart.h"
#include "harness/history/history_json.h"
#include "harness/history/history_notes.h"
#include "harness/history/history_options.h"
#include "harness/history/history_table.h"
#include "harness/history/stored_history.h"
#include "harness/process/exit_statuses.h"
#include "harness/process/installation.h"
#include "harness/record/metric.h"
#include "harness/report/plot.h"
#include "harness/text/nearest_name.h"
#include "harness/text/terminal.h"
#include "harness/text/text.h"
#include "harness/verbs/verbs.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;

const Metric& metric_named(const std::string& name) {
  const auto& all = trial_metrics();
  const auto found =
      std::find_if(all.begin(), all.end(),
                   [&name](const Metric& one) { return one.name == name; });
  if (found == all.end()) {
    throw std::invalid_argument("no metric is named '" + name + "'");
  }
  return *found;
}

void say(const std::string& line) {
  fmt::print(stderr, "sockmark: {}\n", line);
}

// Why there is nothing to show; empty if there is something.
std::string emptiness(const HistoryReport& report, const StoredHistory& stored,
                      const HistoryQuery& query) {
  const auto missing = [&query](const std::vector<std::string>& names,
                                const std::set<std::string>& known,
                                const char* what) -> std::string {
    for (const std::string& name : names) {
      if (known.empty() || known.contains(name)) continue;
      return fmt::format("no run in {} has a {} named '{}'{}",
                         query.results.string(), what, name,
                         suggestion(name, {known.begin(), known.end()}));
    }
    return "";
  };
  for (const std::string& line :
       {missing(query.servers, stored.servers, "server"),
        missing(query.workloads, stored.workloads, "workload")}) {
    if (!line.empty()) return line;
  }
  if (!report.history.series.empty()) return "";
  const std::string folder = query.results.string();
  if (!report.history.runs.empty()) {
    return fmt::format("no run in {} has a figure of {}: {}", folder,
                       query.metric,
                       join(report.history.without_figures, "; "));
  }
  if (!stored.servers.empty()) {
    return "no run in " + folder + " has that server in that workload";
  }
  return report.left_out.empty()
             ? "no run in " + folder + " yet: sockmark run makes one"
             : "no run is left in " + folder;
}

void write_file(const fs::path& path, const std::string& text) {
  std::ofstream file(path);
  file << text;
  file.close();
  if (!file) throw std::runtime_error("cannot write " + path.string());
}

// An older chart must not be taken for this one, nor further pages of it.
void remove_charts(const fs::path& folder, const std::string& name) {
  for (int page = 1;; ++page) {
    const std::string stem =
        page == 1 ? name : fmt::format("{}-{}", name, page);
    bool is_there = false;
    for (const char* const end : {".svg", ".png", ".tsv", ".gp"}) {
      std::error_code none;
      is_there = fs::remove(folder / (stem + end), none) || is_there;
    }
    if (!is_there) return;
  }
}

fs::path chart_stem(const HistoryOptions& options) {
  if (options.chart.empty()) return options.query.results / "history";
  fs::path stem(options.chart);
  if (!stem.has_filename()) {
    throw std::invalid_argument("--chart: '" + options.chart +
                                "' names no file");
  }
  return stem;
}

void draw(const HistoryReport& report, const fs::path& stem) {
  const fs::path folder = stem.has_parent_path() ? stem.parent_path() : ".";
  const std::string name = stem.filename().string();
  fs::create_directories(folder);
  remove_charts(folder, name);
  const PlotResult result = draw_into(folder, history_charts(report, name),
                                      {.scripts = installation().plots});
  if (!result.warning.empty()) say(result.warning);
  for (const fs::path& image : result.images) {
    fmt::print(stderr, "chart: {}\n", image.string());
  }
}

void print(const HistoryReport& report, const HistoryOptions& options) {
  if (!options.json.empty()) {
    const std::string json = history_json(report) + "\n";
    if (options.json == "-") {
      fmt::print("{}", json);
      return;
    }
    write_file(options.json, json);
  }
  fmt::print("{}", history_table(report, style_of(STDOUT_FILENO)));
}

int history(const HistoryOptions& options) {
  const fs::path stem = chart_stem(options);
  HistoryQuery query = options.query;
  if (options.last > 0) query.last = options.last;
  ChangePointRules rules;
  rules.fewest_values = options.fewest;
  StoredHistory stored = read_history(query);
  const HistoryReport report{
      .history =
          history_of(std::move(stored.runs), metric_named(query.metric), rules),
      .left_out = stored.left_out,
      .any_machine = query.any_machine};
  for (const std::string& line : left_out_in_words(report)) say(line);
  const std::string why_empty = emptiness(report, stored, query);
  if (!why_empty.empty()) {
    say(why_empty);
    return kExitNothingComparable;
  }
  print(report, options);
  if (!options.no_plots) draw(report, stem);
  return kExitOk;
}

}  // namespace

void add_history(CLI::App& app, Action& action) {
  const auto options = std::make_shared<HistoryOptions>();
  CLI::App* const verb = app.add_subcommand(
      "history", "Stored runs over time: where did the level change?");
  add_history_options(*verb, *options);
  verb->callback(
      [options, &action] { action = [options] { return history(*options); }; });
}

}  // namespace sockmark
