#include "harness/cells/sweeps.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "harness/text/text.h"

namespace sockmark {
namespace {

constexpr std::array kFactors = {Factor::connections, Factor::rate,
                                 Factor::body, Factor::idle};

// Equal for workloads that differ in nothing but the factor.
Workload without(Factor factor, Workload workload) {
  switch (factor) {
    case Factor::connections:
      workload.connections = 0;
      break;
    case Factor::rate:
      workload.rate_per_second = 0;
      break;
    case Factor::body:
      workload.body_bytes = 0;
      break;
    case Factor::idle:
      workload.idle_connections = 0;
      break;
  }
  return workload;
}

bool has(Factor factor, const Workload& workload) {
  return factor != Factor::rate || workload.rate_per_second.has_value();
}

std::vector<Sweep> sweeps_of(Factor factor,
                             const std::vector<WorkloadCells>& groups) {
  std::vector<Sweep> sweeps;
  std::map<std::string, std::size_t> places;
  for (const WorkloadCells& group : groups) {
    if (!has(factor, group.workload)) continue;
    const std::string rest = hash_of(without(factor, group.workload));
    const auto [place, is_new] = places.try_emplace(rest, sweeps.size());
    if (is_new) sweeps.push_back({.factor = factor, .points = {}});
    sweeps[place->second].points.push_back(group);
  }
  std::erase_if(sweeps, [](const Sweep& s) { return s.points.size() < 2; });
  for (Sweep& sweep : sweeps) {
    std::stable_sort(sweep.points.begin(), sweep.points.end(),
                     [factor](const WorkloadCells& a, const WorkloadCells& b) {
                       return value_of(factor, a.workload) <
                              value_of(factor, b.workload);
                     });
  }
  return sweeps;
}

// How many sweeps go through each workload, by its hash.
std::map<std::string, std::size_t> crossings(const std::vector<Sweep>& sweeps) {
  std::map<std::string, std::size_t> counts;
  for (const Sweep& sweep : sweeps) {
    for (const WorkloadCells& point : sweep.points) {
      ++counts[hash_of(point.workload)];
    }
  }
  return counts;
}

}  // namespace

double value_of(Factor factor, const Workload& workload) {
  switch (factor) {
    case Factor::connections:
      return workload.connections;
    case Factor::rate:
      return workload.rate_per_second.value_or(0);
    case Factor::body:
      return static_cast<double>(workload.body_bytes);
    case Factor::idle:
      return static_cast<double>(workload.idle_connections);
  }
  return 0;
}

std::vector<Sweep> sweeps_in(const std::vector<WorkloadCells>& groups) {
  std::vector<Sweep> sweeps;
  for (const Factor factor : kFactors) {
    for (Sweep& sweep : sweeps_of(factor, groups)) {
      sweeps.push_back(std::move(sweep));
    }
  }
  return sweeps;
}

std::string_view to_string(Factor factor) {
  constexpr std::array<std::string_view, 4> kNames = {"connections", "rate",
                                                      "body", "idle"};
  return kNames[static_cast<std::size_t>(factor)];
}

std::string describe(const Sweep& sweep) {
  const Workload& workload = sweep.points.front().workload;
  std::vector<std::string> parts;
  for (const WorkloadPart& part : parts_of(workload)) {
    if (part.factor != to_string(sweep.factor)) {
      parts.push_back(part.text);
    } else if (sweep.factor == Factor::rate) {
      parts.emplace_back("open loop");
    }
  }
  return workload.name + ": " + join(parts, ", ");
}

std::vector<WorkloadCells> representatives(
    const std::vector<WorkloadCells>& groups, std::size_t most) {
  if (groups.size() <= most) return groups;
  const auto counts = crossings(sweeps_in(groups));
  std::map<std::string, std::vector<const WorkloadCells*>> hubs;  // by name
  std::vector<std::string> names;  // in their order
  for (const WorkloadCells& group : groups) {
    const auto crossed = [&counts](const WorkloadCells& g) {
      const auto count = counts.find(hash_of(g.workload));
      return count == counts.end() ? 0 : count->second;
    };
    auto& hub = hubs[group.workload.name];
    if (hub.empty()) names.push_back(group.workload.name);
    if (!hub.empty() && crossed(group) < crossed(*hub.front())) continue;
    if (!hub.empty() && crossed(group) > crossed(*hub.front())) hub.clear();
    hub.push_back(&group);
  }
  std::vector<WorkloadCells> chosen;
  for (const std::string& name : names) {
    if (chosen.size() == most) break;
    auto& hub = hubs[name];
    std::stable_sort(hub.begin(), hub.end(), [](const auto* a, const auto* b) {
      return std::tuple(a->workload.connections, a->workload.body_bytes,
                        a->workload.rate_per_second,
                        a->workload.idle_connections) <
             std::tuple(b->workload.connections, b->workload.body_bytes,
                        b->workload.rate_per_second,
                        b->workload.idle_connections);
    });
    chosen.push_back(*hub[(hub.size() - 1) / 2]);
  }
  return chosen;
}

}  // namespace sockmark
