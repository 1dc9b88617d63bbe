#include "harness/verdict/disturbance.h"

#include <fmt/format.h>

#include "harness/text/text.h"

namespace sockmark {
namespace {

// Sums of the trials that know both the figure and its window.
struct Shares {
  double foreign_ns = 0;
  double foreign_window_ns = 0;
  double steal_ns = 0;
  double steal_window_ns = 0;  // of all CPUs together

  void add(const MachineUse& use) {
    const auto window = static_cast<double>(use.window_ns.value_or(0));
    if (window <= 0) return;
    if (use.foreign_cpu_ns) {
      foreign_ns += static_cast<double>(*use.foreign_cpu_ns);
      foreign_window_ns += window;
    }
    if (use.steal_ns && use.cpus) {
      steal_ns += static_cast<double>(*use.steal_ns);
      steal_window_ns += window * *use.cpus;
    }
  }

  double foreign() const {
    return foreign_window_ns > 0 ? foreign_ns / foreign_window_ns : 0;
  }
  double steal() const {
    return steal_window_ns > 0 ? steal_ns / steal_window_ns : 0;
  }
};

std::string judge(const Shares& shares, double most_foreign, double most_steal,
                  const char* when) {
  if (shares.foreign() > most_foreign) {
    return fmt::format("other processes used {} of a core {}",
                       format_percent(shares.foreign()), when);
  }
  if (shares.steal() > most_steal) {
    return fmt::format("the hypervisor took {} of the CPUs' time {}",
                       format_percent(shares.steal()), when);
  }
  return "";
}

}  // namespace

std::string disturbance_of(const std::vector<MachineUse>& trials) {
  Shares all;
  for (const MachineUse& use : trials) {
    Shares one;
    one.add(use);
    all.add(use);
    auto reason =
        judge(one, kForeignCpuOfTrial, kStealOfTrial, "during one trial");
    if (!reason.empty()) return reason;
  }
  return judge(all, kForeignCpuOfBlock, kStealOfBlock, "on average");
}

}  // namespace sockmark
