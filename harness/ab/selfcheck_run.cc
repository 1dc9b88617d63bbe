#include "harness/ab/selfcheck_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <utility>

#include "harness/ab/arms_run.h"

namespace sockmark {
namespace {

using std::chrono::nanoseconds;
using Gates = std::vector<TimedComparison>;

// Enough to see how much a spin comes to.
constexpr int kCalibrationRounds = 10;

struct Interrupted {};  // thrown to leave all the loops

class Checking {
 public:
  Checking(const SelfcheckPlan& plan, const Interruption& interruption)
      : plan_(plan), interruption_(interruption) {}

  Selfcheck run() {
    const Gates alike = gates("alike", "");
    const std::string work = slowing_work(alike);
    const Gates slowed = work.empty() ? Gates() : gates("slowed", work);
    Selfcheck check = examined(alike, slowed);
    check.server = plan_.server.name;
    check.workload = plan_.experiment.workloads[0].workload;
    check.slowdown = plan_.slowdown;
    check.work = work;
    return check;
  }

 private:
  Gates gates(const std::string& name, const std::string& work) {
    Gates all;
    for (int i = 0; i < plan_.gates; ++i) {
      all.push_back(gate(name, work, plan_.experiment));
    }
    return all;
  }

  // The server against itself, which does `work` on the new side.
  TimedComparison gate(const std::string& name, const std::string& work,
                       Experiment experiment, int looks = 2) {
    ServerSpec head = plan_.server;
    if (!work.empty()) {
      head.command.insert(head.command.end(), {"--work", work});
    }
    experiment.seed += ++gates_run_;  // another order
    ArmsRun run = {
        .matchup = matched(experiment, {plan_.server}, {head}),
        .arms = {.base = {plan_.server.name, "as it is"},
                 .head = {head.name, work.empty() ? "as it is" : work},
                 .identical = {},
                 .notes = {}},
        .setup = {},
        .description = {},
        .looks = looks};
    run.setup = setup_of(run.matchup);
    run.description = describe(run.setup);
    RunFolder folder(plan_.folder, name, run.description);
    if (!plan_.quiet) fmt::print(stderr, "{}\n", folder.path().string());
    const auto started = std::chrono::steady_clock::now();
    auto comparison = run_arms(run, folder, plan_.quiet, interruption_);
    if (!comparison) throw Interrupted();
    return {.comparison = std::move(*comparison),
            .took = std::chrono::steady_clock::now() - started};
  }

  // What slows the server by the share that was asked for, as found out by
  // trying twice. Empty where its CPU is not known.
  std::string slowing_work(const Gates& alike) {
    const auto cpu_ns = base_cpu_ns(alike);
    if (!cpu_ns) return "";
    const double share = plan_.slowdown;
    const auto first = tried(nanoseconds(std::lround(share * *cpu_ns)));
    if (!first) return "";
    const auto second = tried(spin_for(share, {}, *first));
    if (!second) return "";
    return spin_of(spin_for(share, *first, *second));
  }

  std::optional<SpinTry> tried(nanoseconds spin) {
    Experiment experiment = plan_.experiment;
    for (WorkloadPlan& plan : experiment.workloads) {
      plan.rounds = std::min(plan.rounds, kCalibrationRounds);
    }
    const auto added =
        added_share({gate("calibration", spin_of(spin), experiment, 1)});
    if (!added) return std::nullopt;
    return SpinTry{.spin = spin, .added = *added};
  }

  static std::string spin_of(nanoseconds spin) {
    return fmt::format("spin:{}ns", spin.count());
  }

  const SelfcheckPlan& plan_;
  const Interruption& interruption_;
  std::uint64_t gates_run_ = 0;
};

}  // namespace

std::optional<Selfcheck> run_selfcheck(const SelfcheckPlan& plan,
                                       const Interruption& interruption) {
  try {
    return Checking(plan, interruption).run();
  } catch (const Interrupted&) {
    return std::nullopt;
  }
}

}  // namespace sockmark
