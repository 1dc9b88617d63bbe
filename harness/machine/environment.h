// The machine and its settings, as far as they bear on the figures.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/machine/build.h"
#include "harness/machine/cgroup_limits.h"
#include "harness/machine/cpu_frequency.h"
#include "harness/machine/cpu_topology.h"
#include "harness/machine/cpus.h"
#include "harness/machine/fact.h"
#include "harness/machine/kernel_settings.h"
#include "harness/machine/limits.h"
#include "harness/machine/processor.h"
#include "harness/machine/system_files.h"
#include "harness/machine/virtualisation.h"

namespace sockmark {

struct Environment {
  std::string date;  // ISO 8601, UTC
  std::string kernel;
  std::string architecture;
  Fact<std::string> os;
  Processor processor;
  CpuTopology topology;
  CpuFrequency frequency;
  CpuPlan cpus;  // of the server and of the load
  KernelSettings settings;
  Limits limits;
  MachineLoad load;
  CgroupLimits cgroup;
  Virtualisation virtualisation;
  Build build;
  std::map<std::string, Fact<std::string>> tools;  // versions
  std::vector<std::string> argv;                   // of this sockmark
  Fact<std::string> preset;                        // or the experiment's name
};

// What `files` say; the rest is of this process and this moment. Runs git and
// the load tools for their versions: a second at most, before anything is
// measured.
Environment read_environment(const SystemFiles& files, const CpuPlan& cpus,
                             const std::optional<std::string>& preset);

// Whether the server and the load take time from each other: they run on the
// same CPU, or on threads of the same core.
Fact<bool> server_and_load_share_a_core(const Environment& environment);

// environment.json, explained in docs/formats.md. What is not known is null,
// and `unavailable` says why.
std::string to_json(const Environment& environment);

// Both, of this machine.
std::string describe_environment(const CpuPlan& cpus,
                                 const std::optional<std::string>& preset = {});

}  // namespace sockmark
