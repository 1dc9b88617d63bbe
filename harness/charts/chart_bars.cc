#include <fmt/format.h>

#include <algorithm>

#include "harness/charts/chart_rows.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

constexpr const char* kShortened = "» ";

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

// As far right as anything of the cell reaches.
double end_of(const Cell& cell, const Bars& bars) {
  const auto& median = cell.*bars.median;
  double end = median ? median->high / bars.divisor : 0;
  for (const TrialRecord& trial : cell.trials) {
    end = std::max(end, scaled(bars.figure(trial), bars).value_or(0));
  }
  return end;
}

// As long as a panel's bars are at most: a little longer than the longest that
// is not far longer than most, so that one bar does not leave stumps of the
// rest.
double longest_bar(const WorkloadCells& group, const Bars& bars) {
  constexpr double kFarLonger = 4;  // than three quarters of them
  constexpr double kStillLonger = 1.15;
  std::vector<double> ends;
  for (const Cell& cell : group.cells) {
    if (cell.*bars.median) ends.push_back(end_of(cell, bars));
  }
  if (ends.empty()) return 0;
  std::sort(ends.begin(), ends.end());
  const double limit = kFarLonger * ends[(ends.size() - 1) * 3 / 4];
  if (ends.back() <= limit) return ends.back();
  return kStillLonger *
         *std::prev(std::upper_bound(ends.begin(), ends.end(), limit));
}

// A cell's fields that are about its median. A shortened bar keeps its
// figure.
std::vector<std::string> median_fields(const Cell& cell, const Bars& bars,
                                       double cut) {
  const MedianInterval& median = *(cell.*bars.median);
  const double value = median.median / bars.divisor;
  std::string text = format_figure(value);
  if (median.has_interval()) text += "  " + format_error(cell.*bars.median);
  if (value > cut) text = kShortened + text;
  const auto bound = [&](double end) {
    return median.has_interval() ? number(end / bars.divisor) : "";
  };
  return {number(value),
          number(part_of(cell, bars)),
          bound(median.low),
          bound(median.high),
          number(median.coverage),
          fmt::format("{}", median.n),
          text,
          number(std::min(end_of(cell, bars), cut)),
          number(std::min(value, cut))};
}

std::string medians_tsv(const std::vector<WorkloadCells>& groups,
                        const Bars& bars) {
  std::vector<std::string> names = place_names();
  names.insert(names.end(), {"median", "part", "low", "high", "coverage", "n",
                             "text", "end", "drawn"});
  Tsv tsv(names);
  for_each_place(groups, [&](const Place& place) {
    std::vector<std::string> fields = fields_of(place);
    const auto about =
        place.cell.*bars.median
            ? median_fields(place.cell, bars, longest_bar(place.group, bars))
            : std::vector<std::string>{
                  "", "", "", "", "", "0", gap_of(place.cell), "0", ""};
    fields.insert(fields.end(), about.begin(), about.end());
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
    const double most = longest_bar(group, bars);
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
  std::string medians = medians_tsv(groups, bars);
  if (medians.find(kShortened) != std::string::npos) {
    settings.notes.emplace_back(
        "»: far longer than the others, and not drawn to scale.");
  }
  settings.notes.push_back(
      "Bar: median; whisker: its interval; dots: every "
      "round" +
      hollow(groups) + crossed(groups) + ".");
  set_scale(settings, groups, bars);
  if (!provenance.empty()) settings.notes.push_back(provenance);
  return {.name = bars.name,
          .script = bars.name,
          .medians = std::move(medians),
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
