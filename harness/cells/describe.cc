// Workloads in words.
#include <fmt/format.h>

#include <set>

#include "harness/cells/cells.h"
#include "harness/text/text.h"

namespace sockmark {

std::vector<WorkloadPart> parts_of(const Workload& workload) {
  std::vector<WorkloadPart> parts = {
      {"connections", fmt::format("{} connection{}", workload.connections,
                                  workload.connections == 1 ? "" : "s")},
      {"keep_alive",
       workload.keep_alive ? "kept alive" : "a new one per request"}};
  if (workload.body_bytes != Workload().body_bytes) {
    parts.push_back(
        {"body", fmt::format("{}-byte replies", workload.body_bytes)});
  }
  if (workload.work != Workload().work) {
    parts.push_back({"work", "work " + workload.work});
  }
  if (workload.idle_connections > 0) {
    const auto idle = static_cast<double>(workload.idle_connections);
    parts.push_back({"idle", format_count(idle) + " idle beside"});
  }
  parts.push_back(
      {"rate", workload.rate_per_second
                   ? fmt::format("open loop at {} req/s",
                                 format_figure(*workload.rate_per_second))
                   : "closed loop"});
  return parts;
}

std::string describe(const Workload& workload) {
  std::vector<std::string> parts;
  for (const WorkloadPart& part : parts_of(workload)) {
    parts.push_back(part.text);
  }
  return workload.name + ": " + join(parts, ", ");
}

bool has_several_tools(const std::vector<WorkloadCells>& groups) {
  std::set<std::string> tools;
  for (const WorkloadCells& group : groups) {
    for (const Cell& cell : group.cells) tools.insert(cell.tool);
  }
  return tools.size() > 1;
}

}  // namespace sockmark
