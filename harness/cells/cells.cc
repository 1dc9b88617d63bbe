#include "harness/cells/cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <tuple>

#include "harness/text/text.h"

namespace sockmark {
namespace {

std::string in_words(TrialStatus status) {
  std::string words(to_string(status));
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

void count(std::vector<Mishap>& mishaps, std::string kind, std::string reason) {
  reason = one_line(reason);
  for (Mishap& known : mishaps) {
    if (known.kind != kind || known.reason != reason) continue;
    ++known.trials;
    return;
  }
  mishaps.push_back({std::move(kind), std::move(reason), 1});
}

void count_mishaps(Cell& cell) {
  for (const TrialRecord& trial : cell.trials) {
    const Verdict verdict = verdict_of(trial);
    if (trial.status != TrialStatus::ok) {
      count(cell.left_out, in_words(trial.status), trial.error);
    } else if (!trial.load) {
      count(cell.left_out, "failed", "no load was recorded");
    } else if (verdict.status == Verdict::Status::invalid) {
      count(cell.left_out, "invalid", join(verdict.reasons, "; "));
    } else if (verdict.status == Verdict::Status::suspect) {
      for (const std::string& reason : verdict.reasons) {
        count(cell.doubts, "suspect", reason);
      }
      if (verdict.reasons.empty()) count(cell.doubts, "suspect", "");
    }
  }
}

// `figure` gives an optional number of a usable trial.
template <typename Figure>
std::optional<MedianInterval> summary(const Cell& cell, Figure figure) {
  std::vector<double> values;
  for (const TrialRecord& trial : cell.trials) {
    if (!is_usable(trial)) continue;
    if (const auto value = figure(trial)) {
      values.push_back(static_cast<double>(*value));
    }
  }
  return median_interval(values);
}

std::optional<double> tool_cpu_ns_per_request(const TrialRecord& trial) {
  if (!trial.tool_cpu_ns || trial.load->completed.value_or(0) == 0) {
    return std::nullopt;
  }
  return static_cast<double>(*trial.tool_cpu_ns) /
         static_cast<double>(*trial.load->completed);
}

std::optional<double> cpu_user_share(const TrialRecord& trial) {
  const auto& user = trial.resources.cpu_user_ns;
  const auto& system = trial.resources.cpu_system_ns;
  if (!user || !system || *user + *system <= 0) return std::nullopt;
  return static_cast<double>(*user) / static_cast<double>(*user + *system);
}

std::optional<double> bytes_per_second(const TrialRecord& trial) {
  const auto& bytes = trial.load->bytes_received;
  const auto& ns = trial.load->measured_ns;
  if (!bytes || ns.value_or(0) <= 0) return std::nullopt;
  return static_cast<double>(*bytes) * 1e9 / static_cast<double>(*ns);
}

void summarise_latency(Cell& cell) {
  cell.p50_ns =
      summary(cell, [](const auto& trial) { return trial.load->latency.p50; });
  cell.p99_ns =
      summary(cell, [](const auto& trial) { return trial.load->latency.p99; });
  cell.p99_9_ns = summary(
      cell, [](const auto& trial) { return trial.load->latency.p99_9; });
}

void summarise(Cell& cell) {
  for (const TrialRecord& trial : cell.trials) {
    if (!is_usable(trial)) continue;
    ++cell.usable;
    if (!trial.load->errors) continue;
    cell.errors = cell.errors.value_or(0) + *trial.load->errors;
  }
  cell.requests_per_second = summary(
      cell, [](const auto& trial) { return trial.load->requests_per_second; });
  summarise_latency(cell);
  cell.cpu_ns_per_request = summary(cell, [](const auto& trial) {
    return trial.resources.cpu_ns_per_request;
  });
  cell.cpu_user_share = summary(cell, cpu_user_share);
  cell.pss_loaded_bytes = summary(
      cell, [](const auto& trial) { return trial.resources.pss_loaded_bytes; });
  cell.bytes_per_second = summary(cell, bytes_per_second);
  cell.connections_served = summary(
      cell, [](const auto& trial) { return trial.load->connections_served; });
  cell.tool_cpu_ns_per_request = summary(cell, tool_cpu_ns_per_request);
  count_mishaps(cell);
}

WorkloadCells& find_or_add(std::vector<WorkloadCells>& groups,
                           Workload workload) {
  workload.tool.clear();
  const std::string hash = hash_of(workload);
  for (WorkloadCells& known : groups) {
    if (hash_of(known.workload) == hash) return known;
  }
  return groups.emplace_back(WorkloadCells{.workload = workload, .cells = {}});
}

Cell& find_or_add(std::vector<Cell>& cells, const TrialRecord& trial) {
  for (Cell& known : cells) {
    if (known.server == trial.server.name &&
        known.tool == trial.workload.tool) {
      return known;
    }
  }
  Cell& cell = cells.emplace_back();
  cell.server = trial.server.name;
  cell.tool = trial.workload.tool;
  return cell;
}

auto order(const Workload& workload) {
  return std::tuple(workload.rate_per_second.has_value(), workload.keep_alive,
                    workload.name, workload.work, workload.idle_connections,
                    workload.body_bytes, workload.connections,
                    workload.rate_per_second.value_or(0));
}

// By throughput; at a rate that is the same for all, by latency. Those without
// figures come last.
double rank(const Workload& workload, const Cell& cell) {
  const auto& figure =
      workload.rate_per_second ? cell.p99_ns : cell.requests_per_second;
  if (!figure) return -std::numeric_limits<double>::infinity();
  return workload.rate_per_second ? -figure->median : figure->median;
}

}  // namespace

bool is_usable(const TrialRecord& trial) {
  return trial.status == TrialStatus::ok && trial.load &&
         verdict_of(trial).status != Verdict::Status::invalid;
}

std::vector<WorkloadCells> group_cells(std::vector<TrialRecord> trials) {
  std::vector<WorkloadCells> groups;
  for (TrialRecord& trial : trials) {
    auto& cells = find_or_add(groups, trial.workload).cells;
    Cell& cell = find_or_add(cells, trial);
    cell.trials.push_back(std::move(trial));
  }
  // The trials come in an order that is shuffled: short, long, rate; those
  // that share a name by what was varied.
  std::stable_sort(groups.begin(), groups.end(),
                   [](const WorkloadCells& a, const WorkloadCells& b) {
                     return order(a.workload) < order(b.workload);
                   });
  for (WorkloadCells& group : groups) {
    for (Cell& cell : group.cells) summarise(cell);
    std::stable_sort(group.cells.begin(), group.cells.end(),
                     [&](const Cell& a, const Cell& b) {
                       return rank(group.workload, a) > rank(group.workload, b);
                     });
  }
  return groups;
}

}  // namespace sockmark
