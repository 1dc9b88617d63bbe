// Puts the load on: threads, their shares, the sum of what they counted.
#pragma once

#include <atomic>

#include "loadgen/options.h"
#include "loadgen/tally.h"

namespace sockmark {

// Blocks until the load is over or `stop` is set. Throws std::runtime_error if
// the target cannot be reached or the descriptors do not suffice.
Tally run_load(const LoadSpec& spec, const std::atomic<bool>& stop);

}  // namespace sockmark
