// Connections that are open beside a load, and silent.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/process/child.h"
#include "harness/record/record.h"

namespace sockmark {

// Held by a `loadgen hold` from the constructor on.
class IdleCrowd {
 public:
  // Opens as many as the workload has, if any, from these CPUs, and returns
  // when every connect has ended: established, refused or given up. Throws
  // TrialFailure if that takes too long or `stop` is set.
  IdleCrowd(const Workload& workload, const std::string& url,
            const std::vector<int>& cpus, const std::atomic<bool>& stop);

  // Closes them. Returns what was not as it should be, such as "only 900 of
  // 1000 idle connections were open", or nothing. Once.
  std::string end();

 private:
  std::uint64_t wanted_;
  std::optional<Child> holder_;
};

// What loadgen's report says of `wanted` idle connections: as end(). Pure.
std::string shortage_in(const std::string& report, std::uint64_t wanted);

}  // namespace sockmark
