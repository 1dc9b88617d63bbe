#include "harness/plan/experiment.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "harness/tool/tool.h"

namespace sockmark {

Workload WorkloadPlan::with(const std::string& tool) const {
  Workload result = workload;
  result.tool = tool;
  return result;
}

int Experiment::rounds() const {
  int most = 0;
  for (const WorkloadPlan& plan : workloads) most = std::max(most, plan.rounds);
  return most;
}

std::vector<WorkloadPlan> with_tools(std::vector<WorkloadPlan> workloads,
                                     const std::vector<std::string>& tools) {
  for (WorkloadPlan& plan : workloads) {
    plan.tools = tools;
    std::erase_if(plan.tools, [&plan](const std::string& tool) {
      return !can_put_on(find_tool(tool), plan.workload);
    });
  }
  std::erase_if(workloads,
                [](const WorkloadPlan& plan) { return plan.tools.empty(); });
  return workloads;
}

std::vector<WorkloadPlan> with_connections(
    const std::vector<WorkloadPlan>& workloads,
    const std::vector<int>& counts) {
  std::vector<WorkloadPlan> result;
  std::set<std::string> known;
  for (const int count : counts) {
    for (WorkloadPlan plan : workloads) {
      plan.workload.connections = count;
      if (known.insert(hash_of(plan.workload)).second) result.push_back(plan);
    }
  }
  return result;
}

std::vector<WorkloadPlan> with_names(const std::vector<WorkloadPlan>& workloads,
                                     const std::vector<std::string>& names) {
  std::vector<WorkloadPlan> result;
  for (const std::string& name : names) {
    const auto before = result.size();
    std::copy_if(
        workloads.begin(), workloads.end(), std::back_inserter(result),
        [&](const WorkloadPlan& plan) { return plan.workload.name == name; });
    if (result.size() == before) {
      throw std::invalid_argument("the experiment has no workload named '" +
                                  name + "'");
    }
  }
  return result;
}

}  // namespace sockmark
