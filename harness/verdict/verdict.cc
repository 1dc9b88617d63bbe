#include "harness/verdict/verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace sockmark {
namespace {

using Status = Verdict::Status;

double number(auto count) { return static_cast<double>(count); }

Verdict foreign_cpu(const MachineUse& machine) {
  if (!machine.foreign_cpu_ns || machine.window_ns.value_or(0) <= 0) return {};
  const double share =
      number(*machine.foreign_cpu_ns) / number(*machine.window_ns);
  Verdict verdict = beyond(
      share, kForeignCpu,
      fmt::format("other processes used {:.0f} % of a core", 100 * share));
  const double pressure = machine.cpu_pressure.value_or(0);
  if (!verdict.reasons.empty() && pressure > kPressure) {
    verdict.reasons.push_back(fmt::format(
        "tasks waited for a CPU for {:.0f} % of the time", 100 * pressure));
  }
  return verdict;
}

Verdict steal(const MachineUse& machine) {
  if (!machine.steal_ns) return {};
  const double time =
      number(machine.window_ns.value_or(0)) * machine.cpus.value_or(0);
  if (time <= 0) return {};
  const double share = number(*machine.steal_ns) / time;
  return beyond(share, kSteal,
                fmt::format("the hypervisor took {:.1f} % of the CPUs' time",
                            100 * share));
}

std::string left_open(int count, const char* one, const char* many) {
  return fmt::format("left {} {} after all clients had gone", count,
                     count == 1 ? one : many);
}

}  // namespace

Verdict beyond(double value, const DoubtLimits& limits,
               const std::string& reason) {
  if (value <= limits.suspect) return {};
  return {.status = value > limits.invalid ? Status::invalid : Status::suspect,
          .reasons = {reason}};
}

Verdict merge(Verdict first, const Verdict& second) {
  first.status = std::max(first.status, second.status);
  for (const std::string& reason : second.reasons) {
    auto& known = first.reasons;
    if (std::find(known.begin(), known.end(), reason) == known.end()) {
      known.push_back(reason);
    }
  }
  return first;
}

Verdict verdict_of(const TrialRecord& trial) {
  return trial.load ? merge(trial.verdict, trial.load->verdict) : trial.verdict;
}

Verdict judge_status(const TrialRecord& trial) {
  if (trial.status == TrialStatus::ok) return {};
  return {.status = Status::invalid,
          .reasons = {trial.error.empty() ? std::string(to_string(trial.status))
                                          : trial.error}};
}

Verdict judge_machine(const MachineUse& machine) {
  return merge(foreign_cpu(machine), steal(machine));
}

Verdict judge_cpus(const CpuPlan& cpus) {
  const bool share_all = cpus.server.empty() || cpus.load.empty();
  const auto is_loads = [&](int cpu) {
    return std::find(cpus.load.begin(), cpus.load.end(), cpu) !=
           cpus.load.end();
  };
  if (!share_all &&
      std::none_of(cpus.server.begin(), cpus.server.end(), is_loads)) {
    return {};
  }
  return {.status = Status::suspect,
          .reasons = {"the server and the load shared CPUs"}};
}

Verdict judge_leaks(const Resources::Leaks& leaked) {
  Verdict verdict;
  const auto add = [&](std::optional<int> count, const char* one,
                       const char* many) {
    if (count.value_or(0) <= 0) return;
    verdict.status = Status::suspect;
    verdict.reasons.push_back(left_open(*count, one, many));
  };
  add(leaked.fds, "descriptor open", "descriptors open");
  add(leaked.threads, "thread", "threads");
  add(leaked.processes, "process", "processes");
  add(leaked.zombies, "zombie", "zombies");
  return verdict;
}

Verdict judge_trial(const TrialRecord& trial, const CpuPlan& cpus) {
  if (trial.status != TrialStatus::ok) return judge_status(trial);
  Verdict verdict = trial.load ? trial.load->verdict : Verdict();
  for (const Verdict& other :
       {trial.verdict, judge_machine(trial.machine), judge_cpus(cpus),
        judge_counts(trial), judge_littles_law(trial), judge_bytes(trial),
        judge_served(trial), judge_leaks(trial.resources.leaked)}) {
    verdict = merge(std::move(verdict), other);
  }
  return verdict;
}

}  // namespace sockmark
