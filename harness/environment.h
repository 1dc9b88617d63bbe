// The machine and its settings, as far as they bear on the figures.
#pragma once

#include <string>

#include "harness/cpus.h"

namespace sockmark {

// environment.json. What cannot be known is null, and `unavailable` says why.
std::string describe_environment(const CpuPlan& cpus);

}  // namespace sockmark
