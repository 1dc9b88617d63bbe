#include <fmt/format.h>

#include <algorithm>

#include "harness/cells/notes.h"
#include "harness/charts/chart_rows.h"

namespace sockmark {
namespace {

struct Unit {
  const char* name = "µs";
  double ns = 1e3;
};

// One unit per chart: milliseconds as soon as some figure is that long.
Unit unit_of(const std::vector<WorkloadCells>& groups) {
  Unit unit;
  for_each_place(groups, [&unit](const Place& place) {
    if (place.cell.p99_ns && place.cell.p99_ns->median >= 1e6) {
      unit = {.name = "ms", .ns = 1e6};
    }
  });
  return unit;
}

void add(std::vector<std::string>& fields,
         const std::optional<MedianInterval>& summary, const Unit& unit) {
  const bool known = summary.has_value();
  const bool has_interval = known && summary->has_interval();
  fields.push_back(known ? number(summary->median / unit.ns) : "");
  fields.push_back(has_interval ? number(summary->low / unit.ns) : "");
  fields.push_back(has_interval ? number(summary->high / unit.ns) : "");
}

std::string medians_tsv(const std::vector<WorkloadCells>& groups,
                        const Unit& unit) {
  std::vector<std::string> names = place_names();
  names.insert(names.end(), {"p50", "p50_low", "p50_high", "p99", "p99_low",
                             "p99_high", "n", "text"});
  Tsv tsv(names);
  for_each_place(groups, [&](const Place& place) {
    std::vector<std::string> fields = fields_of(place);
    add(fields, place.cell.p50_ns, unit);
    add(fields, place.cell.p99_ns, unit);
    const auto& known =
        place.cell.p50_ns ? place.cell.p50_ns : place.cell.p99_ns;
    const std::size_t n = known ? known->n : 0;
    fields.push_back(fmt::format("{}", n));
    fields.push_back(n > 0 ? "ok" : gap_of(place.cell));
    tsv.row(fields);
  });
  return tsv.text();
}

std::string rounds_tsv(const std::vector<WorkloadCells>& groups,
                       const Unit& unit) {
  std::vector<std::string> names = place_names();
  names.insert(names.end(), {"round", "p50", "p99", "mark"});
  Tsv tsv(names);
  const auto scaled = [&unit](std::optional<double> ns) {
    if (ns) *ns /= unit.ns;
    return number(ns);
  };
  for_each_place(groups, [&](const Place& place) {
    for (const TrialRecord& trial : place.cell.trials) {
      if (!trial.load) continue;
      std::vector<std::string> fields = fields_of(place);
      fields.push_back(fmt::format("{}", trial.round));
      fields.push_back(scaled(trial.load->latency.p50));
      fields.push_back(scaled(trial.load->latency.p99));
      fields.push_back(mark_of(trial));
      tsv.row(fields);
    }
  });
  return tsv.text();
}

// All panels share a scale: a logarithmic one has room for that.
void set_scale(ChartSettings& settings,
               const std::vector<WorkloadCells>& groups, const Unit& unit) {
  double least = 0, most = 0;
  const auto include = [&](std::optional<double> ns) {
    if (ns.value_or(0) <= 0) return;
    least = least == 0 ? *ns : std::min(least, *ns);
    most = std::max(most, *ns);
  };
  for_each_place(groups, [&](const Place& place) {
    for (const TrialRecord& trial : place.cell.trials) {
      if (!trial.load) continue;
      include(trial.load->latency.p50);
      include(trial.load->latency.p99);
    }
  });
  const bool known = most > 0;
  settings.least.assign(groups.size(), known ? least / unit.ns / 1.4 : 1);
  settings.most.assign(groups.size(), known ? most / unit.ns * 1.4 : 10);
}

// Latencies under the same load may be ranked: by p99, lowest first. Those of a
// closed loop stay in the order of throughput.
std::vector<WorkloadCells> ordered(std::vector<WorkloadCells> groups) {
  for (WorkloadCells& group : groups) {
    if (!group.workload.rate_per_second) continue;
    std::stable_sort(group.cells.begin(), group.cells.end(),
                     [](const Cell& a, const Cell& b) {
                       if (!a.p99_ns || !b.p99_ns) return a.p99_ns && !b.p99_ns;
                       return a.p99_ns->median < b.p99_ns->median;
                     });
  }
  return groups;
}

std::string stated_order(const std::vector<WorkloadCells>& groups) {
  const auto is_open = [](const WorkloadCells& group) {
    return group.workload.rate_per_second.has_value();
  };
  if (std::all_of(groups.begin(), groups.end(), is_open)) {
    return "Less is better; sorted by p99.";
  }
  const std::string closed =
      "losed loop: in the order of throughput, not a ranking by latency.";
  if (std::none_of(groups.begin(), groups.end(), is_open)) return "C" + closed;
  return "Open loop: sorted by p99. C" + closed;
}

void add_notes(ChartSettings& settings,
               const std::vector<WorkloadCells>& groups) {
  settings.notes.push_back(
      "Large: median of the rounds; whisker: its interval; small: every round" +
      crossed(groups) + ".");
  for (const WorkloadCells& group : groups) {
    const std::string note = note_on_latency(group.workload);
    if (note.empty()) continue;
    settings.notes.insert(settings.notes.begin(), note);
    return;
  }
}

}  // namespace

Chart latency_chart(const std::vector<WorkloadCells>& groups,
                    const std::string& provenance) {
  const std::vector<WorkloadCells> panels = ordered(groups);
  const Unit unit = unit_of(panels);
  ChartSettings settings = common_settings(panels);
  settings.title = "Latency";
  settings.subtitle = stated_order(panels);
  settings.axis = fmt::format("{}, logarithmic", unit.name);
  add_notes(settings, panels);
  set_scale(settings, panels, unit);
  if (!provenance.empty()) settings.notes.push_back(provenance);
  return {.name = "latency",
          .script = "latency",
          .medians = medians_tsv(panels, unit),
          .rounds = rounds_tsv(panels, unit),
          .settings = to_gnuplot(settings)};
}

}  // namespace sockmark
