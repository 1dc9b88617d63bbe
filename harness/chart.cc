#include "harness/chart.h"

#include "harness/chart_rows.h"

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

}  // namespace

std::vector<Chart> charts_of(const std::vector<WorkloadCells>& groups,
                             const std::string& provenance) {
  if (groups.empty()) return {};
  std::vector<Chart> charts;
  if (const auto closed = closed_loops(groups); !closed.empty()) {
    charts.push_back(throughput_chart(closed, provenance));
  }
  charts.push_back(latency_chart(groups, provenance));
  if (any_cpu(groups)) charts.push_back(cpu_chart(groups, provenance));
  return charts;
}

}  // namespace sockmark
