// Whether something else ran on the machine while a block was measured.
//
// A block is all servers and tools under one workload in one round. It is
// judged by the machine's figures alone, never by what the servers did: to
// repeat what came out badly would make the results better than the servers.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <string>
#include <vector>

#include "harness/record/record.h"

namespace sockmark {

// Of one core, by processes that are no part of the trial.
inline constexpr double kForeignCpuOfBlock = 0.05;
inline constexpr double kForeignCpuOfTrial = 0.25;
// Of all CPUs' time, taken by the hypervisor.
inline constexpr double kStealOfBlock = 0.01;
inline constexpr double kStealOfTrial = 0.05;

// What disturbed the block whose trials these are, in words; empty for
// nothing. What could not be measured disturbs nothing.
std::string disturbance_of(const std::vector<MachineUse>& trials);

}  // namespace sockmark
