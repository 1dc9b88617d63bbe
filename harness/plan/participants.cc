// Who takes part in an experiment.
#include <algorithm>

#include "harness/plan/setup.h"
#include "harness/server/can_serve.h"
#include "harness/server/server_choice.h"

namespace sockmark {
namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::vector<std::string> names_of(const std::vector<ServerSpec>& servers) {
  std::vector<std::string> names;
  for (const ServerSpec& server : servers) names.push_back(server.name);
  return names;
}

std::vector<ServerSpec> participants(const Experiment& experiment,
                                     const std::vector<ServerSpec>& all) {
  auto servers = select_servers(all, experiment.servers);
  for (const WorkloadPlan& plan : experiment.workloads) {
    if (plan.servers.empty()) continue;
    for (const ServerSpec& server : select_servers(all, plan.servers)) {
      if (experiment.servers.empty() &&
          !contains(names_of(servers), server.name)) {
        servers.push_back(server);  // a flawed one, for this workload alone
      }
    }
  }
  return servers;
}

Lineup lineup_of(const Experiment& experiment,
                 const std::vector<ServerSpec>& servers) {
  Lineup lineup;
  for (const WorkloadPlan& plan : experiment.workloads) {
    auto& taking_part = lineup.emplace_back();
    for (std::size_t i = 0; i < servers.size(); ++i) {
      const bool is_asked =
          plan.servers.empty()
              ? servers[i].family != kFlawedFamily ||
                    contains(experiment.servers, servers[i].name)
              : contains(plan.servers, servers[i].name);
      if (is_asked && can_serve(servers[i], plan.workload)) {
        taking_part.push_back(i);
      }
    }
  }
  return lineup;
}

}  // namespace sockmark
