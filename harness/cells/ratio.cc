#include "harness/cells/ratio.h"

#include <fmt/format.h>

#include <map>
#include <tuple>

#include "harness/cells/cells.h"

namespace sockmark {
namespace {

using Figure = std::optional<double> (*)(const TrialRecord&);

std::optional<double> rate(const TrialRecord& trial) {
  return trial.load->requests_per_second;
}

std::optional<double> server_cpu(const TrialRecord& trial) {
  return trial.resources.cpu_ns_per_request;
}

std::optional<double> tool_cpu(const TrialRecord& trial) {
  if (!trial.tool_cpu_ns || trial.load->completed.value_or(0) == 0) {
    return std::nullopt;
  }
  return static_cast<double>(*trial.tool_cpu_ns) /
         static_cast<double>(*trial.load->completed);
}

const std::string& name_on(Side side, const TrialRecord& trial) {
  return side == Side::server ? trial.server.name : trial.workload.tool;
}

// What two trials must share to be compared, and the round that pairs them.
using Context = std::tuple<std::string, std::string>;
Context context_of(Side side, const TrialRecord& trial) {
  return {describe(trial.workload),
          side == Side::server ? trial.workload.tool : trial.server.name};
}

// Its name, if no other workload shares it.
std::string shortest_name(const std::vector<TrialRecord>& trials,
                          const std::string& description) {
  std::string name;
  for (const TrialRecord& trial : trials) {
    if (describe(trial.workload) == description) name = trial.workload.name;
  }
  for (const TrialRecord& trial : trials) {
    const bool shares = trial.workload.name == name;
    if (shares && describe(trial.workload) != description) return description;
  }
  return name;
}

using Rounds = std::map<int, const TrialRecord*>;

std::optional<MedianInterval> ratio_of(const Rounds& ours, const Rounds& base,
                                       Figure figure) {
  std::vector<double> a;
  std::vector<double> b;
  for (const auto& [round, trial] : ours) {
    const auto partner = base.find(round);
    if (partner == base.end()) continue;
    const auto above = figure(*trial);
    const auto below = figure(*partner->second);
    if (!above || !below || *below <= 0) continue;
    a.push_back(*above);
    b.push_back(*below);
  }
  return paired_ratio(a, b);
}

std::string column(const char* name,
                   const std::optional<MedianInterval>& ratio) {
  if (!ratio) return fmt::format("{} –", name);
  return fmt::format("{} {:.3f} [{:.3f}, {:.3f}]", name, ratio->median,
                     ratio->low, ratio->high);
}

Rounds usable_rounds(const std::vector<TrialRecord>& trials) {
  Rounds rounds;
  for (const TrialRecord& trial : trials) {
    if (is_usable(trial)) rounds[trial.round] = &trial;
  }
  return rounds;
}

}  // namespace

std::optional<MedianInterval> ratio_by_round(
    const std::vector<TrialRecord>& ours, const std::vector<TrialRecord>& base,
    Figure figure) {
  return ratio_of(usable_rounds(ours), usable_rounds(base), figure);
}

std::vector<Ratio> ratios_to(const std::vector<TrialRecord>& trials, Side side,
                             const std::string& base) {
  std::map<Context, std::map<std::string, Rounds>> groups;
  for (const TrialRecord& trial : trials) {
    if (!is_usable(trial)) continue;
    groups[context_of(side, trial)][name_on(side, trial)][trial.round] = &trial;
  }
  std::vector<Ratio> ratios;
  for (const auto& [context, sides] : groups) {
    const auto base_rounds = sides.find(base);
    if (base_rounds == sides.end()) continue;
    for (const auto& [name, rounds] : sides) {
      if (name == base) continue;
      ratios.push_back(
          {.workload = shortest_name(trials, std::get<0>(context)),
           .name = name,
           .base = base,
           .requests_per_second = ratio_of(rounds, base_rounds->second, rate),
           .server_cpu_per_request =
               ratio_of(rounds, base_rounds->second, server_cpu),
           .tool_cpu_per_request =
               ratio_of(rounds, base_rounds->second, tool_cpu)});
    }
  }
  return ratios;
}

std::string ratio_table(const std::vector<Ratio>& ratios) {
  std::string text;
  for (const Ratio& ratio : ratios) {
    text +=
        fmt::format("{}: {} / {}\n", ratio.workload, ratio.name, ratio.base);
    for (const std::string& line :
         {column("req/s                 ", ratio.requests_per_second),
          column("server CPU per request", ratio.server_cpu_per_request),
          column("tool CPU per request  ", ratio.tool_cpu_per_request)}) {
      text += fmt::format("  {}\n", line);
    }
    if (const auto& any = ratio.requests_per_second) {
      text += fmt::format("  medians of {} paired ratios, {:.1f} % interval\n",
                          any->n, 100 * any->coverage);
    }
  }
  return text;
}

}  // namespace sockmark
