// Whether a machine is fit to measure on, and what would make it so.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <string>
#include <vector>

#include "harness/doctor/machine_noise.h"
#include "harness/machine/environment.h"
#include "harness/machine/machine_state.h"

namespace sockmark {

struct DoctorFinding {
  enum class Severity {
    unfit,  // figures from here would mislead
    note    // figures count, but to be known
  };
  Severity severity = Severity::note;
  std::string id;       // for programs: "one_cpu"
  std::string what;     // is so, with the figure
  std::string why;      // it matters
  std::string command;  // that mends it; empty where none does
};

using DoctorFindings = std::vector<DoctorFinding>;

// The CPUs and who else is on them.
DoctorFindings examine_cpus(const Environment& environment,
                            const MachineState& state);

// What the kernel allows, and how it is set.
DoctorFindings examine_kernel(const Environment& environment,
                              const MachineState& state);

// The programs: ours and those we call.
DoctorFindings examine_programs(const Environment& environment,
                                const MachineState& state);

// What the noise makes impossible. Unfit where no difference of req/s below
// kCoarsest can be told apart in ten rounds.
inline constexpr double kCoarsest = 0.20;
DoctorFindings examine_noise(const std::vector<WorkloadNoise>& noise);

// All of the first three, what is unfit first.
DoctorFindings examine(const Environment& environment,
                       const MachineState& state);

bool is_fit(const DoctorFindings& findings);

}  // namespace sockmark
