#include "harness/gate/cell_pairs.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <tuple>
#include <utility>

#include "harness/cells/cells.h"
#include "harness/record/attempts.h"
#include "lib/duration.h"

namespace sockmark {
namespace {

using Key = std::pair<std::string, std::string>;  // server, hash

using Workloads = std::map<std::string, Workload>;  // by hash

// What a cell's name may have behind the server, the most telling first.
std::vector<std::string> parts_of_name(const Workload& workload) {
  std::vector<std::string> parts;
  for (const WorkloadPart& part : parts_of(workload)) {
    parts.push_back(part.text);  // the connections are the first
  }
  parts.push_back(workload.tool);
  const auto duration = [](std::int64_t ns) {
    return format_duration(std::chrono::nanoseconds(ns));
  };
  parts.push_back("measured for " + duration(workload.duration_ns));
  parts.push_back("warmed up for " + duration(workload.warmup_ns));
  return parts;
}

// What tells workloads apart that share name and connections, by hash: what
// only some of them have.
std::map<std::string, std::string> distinctions(const Workloads& alike) {
  std::map<std::string, std::size_t> times;
  for (const auto& [hash, workload] : alike) {
    for (const std::string& part : parts_of_name(workload)) ++times[part];
  }
  std::map<std::string, std::string> result;
  std::map<std::string, int> same;
  for (const auto& [hash, workload] : alike) {
    std::string& text = result[hash];
    for (const std::string& part : parts_of_name(workload)) {
      if (times[part] < alike.size()) text += ", " + part;
    }
    ++same[text];
  }
  for (auto& [hash, text] : result) {
    if (same[text] > 1) text += ", " + hash;  // figures that round to the same
  }
  return result;
}

// By hash, what names of cells have behind the server.
std::map<std::string, std::string> suffixes(const Workloads& workloads) {
  std::map<std::pair<std::string, int>, Workloads> alike;
  for (const auto& [hash, workload] : workloads) {
    alike[{workload.name, workload.connections}].emplace(hash, workload);
  }
  std::map<std::string, std::string> result;
  for (const auto& [shared, group] : alike) {
    for (const auto& [hash, distinction] : distinctions(group)) {
      result[hash] = "/" + parts_of_name(group.at(hash)).front() + distinction;
    }
  }
  return result;
}

auto order(const CellPair& cell) {
  const Workload& w = cell.workload;
  return std::tuple(w.rate_per_second.has_value(), w.keep_alive, w.name,
                    w.connections, cell.name);
}

}  // namespace

std::vector<CellPair> pair_cells(const std::vector<TrialRecord>& base,
                                 const std::vector<TrialRecord>& head) {
  std::map<Key, CellPair> cells;
  Workloads workloads;
  const auto add = [&](const std::vector<TrialRecord>& trials, auto side) {
    for (TrialRecord& trial : latest_attempts(trials)) {
      const std::string hash = hash_of(trial.workload);
      workloads.emplace(hash, trial.workload);
      CellPair& cell = cells[{trial.server.name, hash}];
      (cell.*side).push_back(std::move(trial));
    }
  };
  add(base, &CellPair::base);
  add(head, &CellPair::head);
  const auto suffix = suffixes(workloads);
  std::vector<CellPair> result;
  for (auto& [key, cell] : cells) {
    cell.server = key.first;
    cell.workload = workloads.at(key.second);
    cell.name = cell.workload.name + "/" + cell.server + suffix.at(key.second);
    result.push_back(std::move(cell));
  }
  std::sort(result.begin(), result.end(),
            [](const auto& a, const auto& b) { return order(a) < order(b); });
  return result;
}

}  // namespace sockmark
