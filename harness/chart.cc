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

}  // namespace

std::vector<Chart> charts_of(const std::vector<WorkloadCells>& groups,
                             const std::string& provenance) {
  if (groups.empty()) return {};
  std::vector<Chart> charts = {throughput_chart(groups, provenance),
                               latency_chart(groups, provenance)};
  if (any_cpu(groups)) charts.push_back(cpu_chart(groups, provenance));
  return charts;
}

}  // namespace sockmark
