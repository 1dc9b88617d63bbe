// Which CPUs the server and the load run on.
#pragma once

#include <vector>

namespace sockmark {

// Both empty when there is only one CPU to share.
struct CpuPlan {
  std::vector<int> server;
  std::vector<int> load;
};

// The first half of the CPUs this process may use for the server, the second
// for the load, so that neither takes the other's time.
CpuPlan split_cpus();

}  // namespace sockmark
