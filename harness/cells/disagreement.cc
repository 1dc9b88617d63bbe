#include "harness/cells/disagreement.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/cells/ratio.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

constexpr const char* kBase = "loadgen";
constexpr std::size_t kMostServers = 4;  // the rest is in trials.jsonl

std::optional<double> rate(const TrialRecord& trial) {
  return trial.load->requests_per_second;
}
std::optional<double> p50(const TrialRecord& trial) {
  return trial.load->latency.p50;
}
std::optional<double> p99(const TrialRecord& trial) {
  return trial.load->latency.p99;
}

const Cell* find_base(const WorkloadCells& group, const std::string& server) {
  for (const Cell& cell : group.cells) {
    if (cell.server == server && cell.tool == kBase) return &cell;
  }
  return nullptr;
}

// "req/s 0.98 [0.95, 1.01]"; one round has no interval.
void add(std::vector<std::string>& figures, const char* name,
         const std::optional<MedianInterval>& ratio) {
  if (!ratio) return;
  figures.push_back(ratio->has_interval()
                        ? fmt::format("{} {:.2f} [{:.2f}, {:.2f}]", name,
                                      ratio->median, ratio->low, ratio->high)
                        : fmt::format("{} {:.2f}", name, ratio->median));
}

std::string figures_of(const Disagreement& between) {
  std::vector<std::string> figures;
  add(figures, "req/s", between.requests_per_second);
  add(figures, "p50", between.p50);
  add(figures, "p99", between.p99);
  return join(figures, ", ");
}

// What the adapters' headers say at length.
std::string why(const std::string& tool, const Workload& workload) {
  if (tool == "wrk") {
    return std::string(workload.keep_alive
                           ? "wrk counts from when it writes, and"
                           : "wrk leaves the time to connect out, and") +
           " makes latencies up where it saw a stall; what is under way at the "
           "end it drops.";
  }
  if (tool == "h2load") {
    return "h2load prints no percentiles; of a request whose connection ends "
           "it says nothing.";
  }
  if (tool == "ab") {
    return "ab speaks HTTP/1.0, so that replies have another head; its "
           "latencies hold those of requests that failed.";
  }
  return "";
}

}  // namespace

std::vector<Disagreement> disagreements(const WorkloadCells& group) {
  std::vector<Disagreement> all;
  for (const Cell& cell : group.cells) {
    const Cell* const base = find_base(group, cell.server);
    if (base == nullptr || cell.tool == kBase) continue;
    Disagreement between = {
        .server = cell.server,
        .tool = cell.tool,
        .requests_per_second = ratio_by_round(cell.trials, base->trials, rate),
        .p50 = ratio_by_round(cell.trials, base->trials, p50),
        .p99 = ratio_by_round(cell.trials, base->trials, p99)};
    if (!figures_of(between).empty()) all.push_back(std::move(between));
  }
  return all;
}

std::vector<std::string> notes_on_tools(const WorkloadCells& group) {
  const std::vector<Disagreement> all = disagreements(group);
  std::vector<std::string> tools;  // in the order they come up
  for (const Disagreement& between : all) {
    if (std::find(tools.begin(), tools.end(), between.tool) == tools.end()) {
      tools.push_back(between.tool);
    }
  }
  std::vector<std::string> notes;
  for (const std::string& tool : tools) {
    std::vector<std::string> servers;
    std::size_t more = 0;
    for (const Disagreement& between : all) {
      if (between.tool != tool) continue;
      if (servers.size() == kMostServers) {
        ++more;
      } else {
        servers.push_back(between.server + " " + figures_of(between));
      }
    }
    notes.push_back(fmt::format("{} over {}, by round: {}{}. {}", tool, kBase,
                                join(servers, "; "),
                                more == 0 ? "" : fmt::format("; {} more", more),
                                why(tool, group.workload)));
  }
  if (!notes.empty() && !group.workload.rate_per_second) {
    notes.emplace_back(
        "In a closed loop a tool's own time for a request is part of what it "
        "measures.");
  }
  return notes;
}

}  // namespace sockmark
