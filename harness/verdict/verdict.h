// How far a trial's figures can be trusted: the load tool's own verdict, and
// what only the harness sees.
//
// Pure: computed from what the record holds, so that it can be computed again
// from trials.jsonl. docs/method.md explains each check and its limit.
#pragma once

#include <string>
#include <vector>

#include "harness/machine/cpus.h"
#include "harness/record/record.h"

namespace sockmark {

// Above the first a trial is suspect, above the second invalid.
struct DoubtLimits {
  double suspect;
  double invalid;
};

inline constexpr DoubtLimits kForeignCpu = {0.05, 0.25};  // of one core
inline constexpr DoubtLimits kSteal = {0.01, 0.05};       // of all CPUs' time
inline constexpr DoubtLimits kLittlesLaw = {0.02, 0.05};  // of the connections
// Of a tool's time that some task waited for a CPU. It is a reason only beside
// foreign CPU: a server that is saturated presses by itself.
inline constexpr double kPressure = 0.10;
// A tool prints its bytes and its answers to three digits at the worst.
inline constexpr double kRounding = 0.01;

// Nothing up to the first limit.
Verdict beyond(double value, const DoubtLimits& limits,
               const std::string& reason);

// The worse of two, with the distinct reasons of both, in that order.
Verdict merge(Verdict first, const Verdict& second);

// What a reader of stored trials goes by: the trial's verdict with its load's,
// which it should have in it already.
Verdict verdict_of(const TrialRecord& trial);

// All checks of a finished trial. What its `verdict` held before, such as how
// the server was stopped, is kept. `cpus` is where the two ran; both empty if
// they shared all CPUs.
Verdict judge_trial(const TrialRecord& trial, const CpuPlan& cpus);

// The checks by themselves. Each is valid where the record does not know what
// it takes.
Verdict judge_status(const TrialRecord& trial);
Verdict judge_machine(const MachineUse& machine);
Verdict judge_cpus(const CpuPlan& cpus);
Verdict judge_counts(const TrialRecord& trial);
Verdict judge_littles_law(const TrialRecord& trial);
Verdict judge_bytes(const TrialRecord& trial);
Verdict judge_served(const TrialRecord& trial);
Verdict judge_leaks(const Resources::Leaks& leaked);

}  // namespace sockmark
