#include <fmt/format.h>

#include <algorithm>

#include "harness/chart_rows.h"
#include "harness/text.h"

namespace sockmark {
namespace {

// What a chart of bars shows of a cell and of each of its trials.
struct Bars {
  std::string name;
  std::optional<MedianInterval> Cell::*median;
  std::function<std::optional<double>(const TrialRecord&)> figure;
  double divisor;  // from the record's unit to the chart's
  // The share of the bar that its first part takes; null: bars of one part.
  std::optional<MedianInterval> Cell::*share = nullptr;
};

// Where the bar's first part ends, if it has two.
std::optional<double> part_of(const Cell& cell, const Bars& bars) {
  if (bars.share == nullptr || !(cell.*bars.share)) return std::nullopt;
  return (cell.*bars.median)->median * (cell.*bars.share)->median /
         bars.divisor;
}

std::optional<double> scaled(std::optional<double> value, const Bars& bars) {
  if (value) *value /= bars.divisor;
  return value;
}

std::string rounds_tsv(const std::vector<WorkloadCells>& groups,
                       const Bars& bars) {
  std::vector<std::string> names = place_names();
  names.insert(names.end(), {"round", "value", "mark"});
  Tsv tsv(names);
  for_each_place(groups, [&](const Place& place) {
    for (const TrialRecord& trial : place.cell.trials) {
      const auto value = scaled(bars.figure(trial), bars);
      if (!value) continue;
      std::vector<std::string> fields = fields_of(place);
      fields.push_back(fmt::format("{}", trial.round));
      fields.push_back(number(value));
      fields.push_back(mark_of(trial));
      tsv.row(fields);
    }
  });
  return tsv.text();
}

// As far right as anything of the cell is drawn.
double end_of(const Cell& cell, const Bars& bars) {
  const auto& median = cell.*bars.median;
  double end = median ? median->high / bars.divisor : 0;
  for (const TrialRecord& trial : cell.trials) {
    end = std::max(end, scaled(bars.figure(trial), bars).value_or(0));
  }
  return end;
}

std::string medians_tsv(const std::vector<WorkloadCells>& groups,
                        const Bars& bars) {
  std::vector<std::string> names = place_names();
  names.insert(names.end(), {"median", "part", "low", "high", "coverage", "n",
                             "text", "end"});
  Tsv tsv(names);
  for_each_place(groups, [&](const Place& place) {
    std::vector<std::string> fields = fields_of(place);
    const auto& median = place.cell.*bars.median;
    if (median) {
      const bool has_interval = median->has_interval();
      const double divisor = bars.divisor;
      std::string text = format_figure(median->median / divisor);
      if (has_interval) text += "  " + format_error(median);
      fields.insert(
          fields.end(),
          {number(median->median / divisor), number(part_of(place.cell, bars)),
           has_interval ? number(median->low / divisor) : "",
           has_interval ? number(median->high / divisor) : "",
           number(median->coverage), fmt::format("{}", median->n), text,
           number(end_of(place.cell, bars))});
    } else {
      fields.insert(fields.end(),
                    {"", "", "", "", "", "0", gap_of(place.cell), "0"});
    }
    tsv.row(fields);
  });
  return tsv.text();
}

// Bars start at 0. Panels share a scale, unless that would leave one of them
// with stumps only: then each has its own, and says so.
void set_scale(ChartSettings& settings,
               const std::vector<WorkloadCells>& groups, const Bars& bars) {
  constexpr double kRoomForText = 1.32;
  constexpr double kShortestShare = 0.25;
  for (const WorkloadCells& group : groups) {
    double most = 0;
    for (const Cell& cell : group.cells) {
      most = std::max(most, end_of(cell, bars));
    }
    settings.least.push_back(0);
    settings.most.push_back(most > 0 ? most * kRoomForText : 1);
  }
  const auto [shortest, longest] =
      std::minmax_element(settings.most.begin(), settings.most.end());
  if (*shortest >= kShortestShare * *longest) {
    std::fill(settings.most.begin(), settings.most.end(), double{*longest});
  } else {
    settings.notes.emplace_back("Each panel has a scale of its own, from 0.");
  }
}

Chart bar_chart(const std::vector<WorkloadCells>& groups, const Bars& bars,
                ChartSettings settings, const std::string& provenance) {
  settings.notes.push_back(
      "Bar: median; whisker: its interval; dots: every "
      "round" +
      hollow(groups) + crossed(groups) + ".");
  set_scale(settings, groups, bars);
  if (!provenance.empty()) settings.notes.push_back(provenance);
  return {.name = bars.name,
          .script = bars.name,
          .medians = medians_tsv(groups, bars),
          .rounds = rounds_tsv(groups, bars),
          .settings = to_gnuplot(settings)};
}

}  // namespace

Chart throughput_chart(const std::vector<WorkloadCells>& groups,
                       const std::string& provenance) {
  const Bars bars{.name = "throughput",
                  .median = &Cell::requests_per_second,
                  .figure =
                      [](const TrialRecord& trial) {
                        return trial.load ? trial.load->requests_per_second
                                          : std::nullopt;
                      },
                  .divisor = 1};
  ChartSettings settings = common_settings(groups);
  settings.title = "Throughput";
  settings.subtitle = "Longer is better; sorted by median.";
  settings.axis = "req/s";
  return bar_chart(groups, bars, std::move(settings), provenance);
}

Chart cpu_chart(const std::vector<WorkloadCells>& groups,
                const std::string& provenance) {
  const Bars bars{.name = "cpu",
                  .median = &Cell::cpu_ns_per_request,
                  .figure =
                      [](const TrialRecord& trial) {
                        return trial.resources.cpu_ns_per_request;
                      },
                  .divisor = 1e3,
                  .share = &Cell::cpu_user_share};
  std::vector<WorkloadCells> ordered = groups;
  for (WorkloadCells& group : ordered) {
    std::stable_sort(group.cells.begin(), group.cells.end(),
                     [](const Cell& a, const Cell& b) {
                       if (!a.cpu_ns_per_request) return false;
                       if (!b.cpu_ns_per_request) return true;
                       return a.cpu_ns_per_request->median <
                              b.cpu_ns_per_request->median;
                     });
  }
  ChartSettings settings = common_settings(ordered);
  settings.title = "Server CPU time per request";
  settings.subtitle = "Shorter is better; sorted by median.";
  settings.axis = "µs of CPU per request, user and system";
  settings.notes.emplace_back(
      "Blue: user; orange: system; by the median share of each.");
  return bar_chart(ordered, bars, std::move(settings), provenance);
}

}  // namespace sockmark
