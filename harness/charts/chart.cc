#include "harness/charts/chart.h"

#include <fmt/format.h>

#include <map>

#include "harness/cells/sweeps.h"
#include "harness/charts/chart_order.h"
#include "harness/charts/chart_percentiles.h"
#include "harness/charts/chart_rows.h"
#include "harness/charts/chart_sweeps.h"

namespace sockmark {
namespace {

bool any_cpu(const std::vector<WorkloadCells>& groups) {
  bool known = false;
  for_each_place(groups, [&known](const Place& place) {
    known = known || place.cell.cpu_ns_per_request.has_value();
  });
  return known;
}

// All servers do the same number of requests per second at a given rate.
std::vector<WorkloadCells> closed_loops(std::vector<WorkloadCells> groups) {
  std::erase_if(groups, [](const WorkloadCells& group) {
    return group.workload.rate_per_second.has_value();
  });
  return groups;
}

// A run may have thirty workloads; a page has room for a few.
constexpr std::size_t kMostPanels = 6;

// Where two workloads of a name are shown, as the names of files are the same.
void tell_apart(std::vector<Chart>& charts) {
  std::map<std::string, int> seen;
  for (Chart& chart : charts) {
    const int times = ++seen[chart.name];
    if (times > 1) chart.name += fmt::format("-{}", times);
  }
}

std::vector<Chart> bar_charts(const std::vector<WorkloadCells>& groups,
                              const std::string& provenance) {
  std::vector<Chart> charts;
  if (const auto closed = closed_loops(groups); !closed.empty()) {
    charts.push_back(throughput_chart(closed, provenance));
  }
  charts.push_back(latency_chart(groups, provenance));
  if (any_cpu(groups)) charts.push_back(cpu_chart(groups, provenance));
  return charts;
}

}  // namespace

std::vector<Chart> charts_of(const std::vector<WorkloadCells>& groups,
                             const std::string& provenance) {
  if (groups.empty()) return {};
  const auto shown = representatives(groups, kMostPanels);
  const std::size_t left_out = groups.size() - shown.size();
  const std::string source =
      left_out == 0
          ? provenance
          : fmt::format(
                "{} more workloads are in the table and the charts of "
                "what was varied.{}{}",
                left_out, provenance.empty() ? "" : " · ", provenance);
  std::vector<Chart> charts = bar_charts(shown, source);
  for (const Sweep& sweep : sweeps_in(groups)) {
    for (Chart& chart : sweep_charts(sweep, provenance)) {
      charts.push_back(std::move(chart));
    }
  }
  for (const WorkloadCells& group : shown) {
    if (auto chart = percentiles_chart(group, source)) {
      charts.push_back(std::move(*chart));
    }
  }
  if (auto chart = order_chart(groups, provenance)) {
    charts.push_back(std::move(*chart));
  }
  tell_apart(charts);
  return charts;
}

}  // namespace sockmark
