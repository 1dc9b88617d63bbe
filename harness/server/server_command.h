// How a server is started for a workload. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/process/child.h"
#include "harness/record/record.h"
#include "harness/server/server_spec.h"

namespace sockmark {

// The command line for `workload`: our own servers are told to let the kernel
// pick a port, and a manifest's "{port}" still stands for one.
std::vector<std::string> server_command(const ServerSpec& spec,
                                        const Workload& workload);

// The process to start, with `port` (0: none is given) in place of "{port}".
ChildSpec server_process(const ServerSpec& spec, const Workload& workload,
                         std::uint16_t port, std::vector<int> cpus);

}  // namespace sockmark
