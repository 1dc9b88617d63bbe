#include "harness/history/change_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "harness/history/history_words.h"
#include "harness/tables/terminal_grid.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

std::string run_in_words(const StoredRunFacts& run) {
  return fmt::format("{} ({}, commit {})", run.name, day_of(run),
                     commit_of(run));
}

// What changed beside the figure, as far as the two runs say.
std::vector<std::string> circumstances(const Step& step,
                                       const StoredRunFacts& before,
                                       const StoredRunFacts& after) {
  std::vector<std::string> lines;
  if (before.machine && after.machine) {
    const std::string other = instead_of(*after.machine, *before.machine);
    if (!other.empty()) lines.push_back("the machine changed too: " + other);
  }
  if (step.same_binary.value_or(false)) {
    lines.emplace_back(
        "the server's program is the same on both sides: its code did not do "
        "it");
  }
  return lines;
}

ChangeEntry entry_of(const Series& series, std::size_t at,
                     const History& history) {
  const Step& step = series.steps[at];
  const Scale scale = scale_of(history);
  const auto& before = history.runs[series.points[step.before].run];
  const auto& after = history.runs[series.points[step.point].run];
  const Segment& now = series.segments[at + 1];
  ChangeEntry entry{
      .headline = fmt::format(
          "{}/{}: {} {}, {} → {} (p = {:.1g})", series.workload.name,
          label_of(series, history), history.metric.label,
          change_in_words(step.ratio, history.metric.better),
          format_figure(series.segments[at].median / scale.divisor),
          with_unit(now.median, scale), step.p),
      .details = {fmt::format("first seen in {}; {} at this level",
                              run_in_words(after), count_of(now.n, "run")),
                  "last seen before in " + run_in_words(before)},
      .tone = tone_of(step.ratio, history.metric.better)};
  for (std::string& line : circumstances(step, before, after)) {
    entry.details.push_back(std::move(line));
  }
  return entry;
}

}  // namespace

std::vector<ChangeEntry> changes_in(const History& history) {
  std::vector<std::pair<std::size_t, ChangeEntry>> dated;  // by the run
  for (const Series& series : history.series) {
    for (std::size_t at = 0; at < series.steps.size(); ++at) {
      dated.emplace_back(series.points[series.steps[at].point].run,
                         entry_of(series, at, history));
    }
  }
  std::stable_sort(
      dated.begin(), dated.end(),
      [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<ChangeEntry> entries;
  for (auto& [run, entry] : dated) entries.push_back(std::move(entry));
  return entries;
}

std::string_view tone_of(double ratio, Better better) {
  return is_worse(ratio, better) ? kRed : kGreen;
}

}  // namespace sockmark
