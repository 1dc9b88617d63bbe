#include "harness/ab/matchup.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "harness/ab/arm.h"
#include "harness/gate/looks.h"
#include "harness/record/metric.h"
#include "harness/server/can_serve.h"
#include "harness/text/nearest_name.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

using Servers = std::vector<ServerSpec>;

// Stands for the code that all of our own servers share.
constexpr std::string_view kRepresentative = "epoll_lt";

const ServerSpec* find(const Servers& servers, const std::string& name) {
  const auto found = std::find_if(
      servers.begin(), servers.end(),
      [&name](const ServerSpec& server) { return server.name == name; });
  return found == servers.end() ? nullptr : &*found;
}

// Of either side, each once, the base's first.
Servers all_of(const Servers& base, const Servers& head) {
  Servers all = base;
  for (const ServerSpec& server : head) {
    if (find(base, server.name) == nullptr) all.push_back(server);
  }
  return all;
}

std::vector<std::string> names_without_choice(const Servers& all) {
  const bool has_own = std::any_of(all.begin(), all.end(), [](const auto& one) {
    return !one.manifest.empty();
  });
  if (!has_own && find(all, std::string(kRepresentative)) != nullptr) {
    return {std::string(kRepresentative)};
  }
  std::vector<std::string> names;
  for (const ServerSpec& server : all) {
    const bool is_asked =
        has_own ? !server.manifest.empty() : server.family != kFlawedFamily;
    if (is_asked) names.push_back(server.name);
  }
  return names;
}

void require_known(const std::vector<std::string>& names, const Servers& all) {
  for (const std::string& name : names) {
    if (find(all, name) != nullptr) continue;
    std::vector<std::string> known;
    for (const ServerSpec& server : all) known.push_back(server.name);
    throw std::invalid_argument(
        fmt::format("neither side has a server named '{}'{}; there are {}",
                    name, suggestion(name, known), join(known, ", ")));
  }
}

// Nothing if it takes part.
std::string why_not(const ServerSpec* server, const Workload& workload) {
  return server == nullptr ? "is not there" : why_left_out(*server, workload);
}

class Matching {
 public:
  Matching(const Servers& base, const Servers& head)
      : base_(base), head_(head) {}

  void add_cell(const WorkloadPlan& plan, const std::string& name, int rounds) {
    const ServerSpec* const base = find(base_, name);
    const ServerSpec* const head = find(head_, name);
    const std::string lacks_base = why_not(base, plan.workload);
    const std::string lacks_head = why_not(head, plan.workload);
    if (!lacks_base.empty() && !lacks_head.empty()) {
      matchup.notes.push_back(
          fmt::format("{} is left out of {}: on the base it {}, on the new "
                      "side it {}.",
                      name, plan.workload.name, lacks_base, lacks_head));
      return;
    }
    for (const std::string& tool : plan.tools) {
      const LoneCell cell = {.server = name, .workload = plan.with(tool)};
      if (!lacks_head.empty()) {
        matchup.missing.push_back(cell);
      } else if (!lacks_base.empty()) {
        matchup.fresh.push_back(cell);
      } else {
        add_pair(plan, tool, *base, *head, rounds);
      }
    }
  }

  Matchup matchup = {};

 private:
  void add_pair(const WorkloadPlan& plan, const std::string& tool,
                const ServerSpec& base, const ServerSpec& head, int rounds) {
    WorkloadPlan pair = plan;
    pair.tools = {tool};
    pair.rounds = rounds;
    pair.servers = {name_in(Arm::base, base.name),
                    name_in(Arm::head, head.name)};
    matchup.experiment.workloads.push_back(std::move(pair));
    if (!servers_.insert(base.name).second) return;
    matchup.servers.push_back(placed_in(Arm::base, base));
    matchup.servers.push_back(placed_in(Arm::head, head));
    if (base.path != head.path) {
      matchup.notes.push_back(
          fmt::format("{} is asked for {} on the base and for {} on the new "
                      "side: that is not the same work.",
                      base.name, base.path, head.path));
    }
  }

  const Servers& base_;
  const Servers& head_;
  std::set<std::string> servers_;
};

}  // namespace

Matchup matched(const Experiment& experiment, const Servers& base,
                const Servers& head) {
  if (experiment.precision) {
    throw std::invalid_argument(
        "ab decides by itself how many rounds it takes: leave the experiment's "
        "precision out");
  }
  const Servers all = all_of(base, head);
  const auto chosen = experiment.servers.empty() ? names_without_choice(all)
                                                 : experiment.servers;
  Matching matching(base, head);
  matching.matchup.experiment = experiment;
  matching.matchup.experiment.servers.clear();
  matching.matchup.experiment.workloads.clear();
  for (const WorkloadPlan& plan : experiment.workloads) {
    const auto& names = plan.servers.empty() ? chosen : plan.servers;
    require_known(names, all);
    for (const std::string& name : names) {
      matching.add_cell(plan, name, experiment.rounds());
    }
  }
  return std::move(matching.matchup);
}

void raise_rounds(Matchup& matchup) {
  const auto& metrics = trial_metrics();
  const auto noisy = std::count_if(
      metrics.begin(), metrics.end(),
      [](const Metric& metric) { return metric.rule == Rule::noisy; });
  auto& cells = matchup.experiment.workloads;
  const auto family = static_cast<std::size_t>(noisy) * cells.size();
  if (family == 0) return;
  const Looks looks = looks_for(family, JudgementRules());
  for (WorkloadPlan& cell : cells) {
    cell.rounds = std::max(cell.rounds, looks.first);
  }
}

}  // namespace sockmark
