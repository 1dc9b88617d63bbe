// How the CPUs of the machine hang together, from /sys/devices/system.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "harness/machine/fact.h"
#include "harness/machine/system_files.h"

namespace sockmark {

struct CpuCache {
  std::int64_t level = 0;
  std::string type;  // "Data", "Instruction", "Unified"
  Fact<std::int64_t> size_bytes;
  std::vector<int> cpus;  // that share it
};

struct CpuTopology {
  Fact<std::vector<int>> online;
  Fact<std::vector<int>> allowed;  // to this process
  Fact<int> sockets;
  // The CPUs of each core: more than one where there is SMT.
  Fact<std::vector<std::vector<int>>> cores;
  Fact<int> threads_per_core;
  Fact<int> numa_nodes;
  Fact<std::vector<CpuCache>> caches;
  Fact<std::vector<int>> isolated;   // from the scheduler
  Fact<std::vector<int>> nohz_full;  // without a tick
};

// "0-2,8" as the CPUs 0, 1, 2 and 8. Nothing of what is no such list; an empty
// list, "(null)" included, is one without CPUs.
std::optional<std::vector<int>> parse_cpu_list(std::string_view text);

CpuTopology read_cpu_topology(const SystemFiles& files);

// Whether a CPU of one list and one of the other are threads of the same core,
// or the same CPU. Not known where the cores are not.
Fact<bool> share_a_core(const CpuTopology& topology,
                        const std::vector<int>& some,
                        const std::vector<int>& others);

}  // namespace sockmark
