// Puts the load on: threads, their shares, the sum of what they counted.
#pragma once

#include <atomic>
#include <functional>

#include "loadgen/intervals.h"
#include "loadgen/options.h"
#include "loadgen/tally.h"

namespace sockmark {

// Called in the caller's thread, a little after each second.
using IntervalObserver = std::function<void(const IntervalRow&)>;

// Blocks until the load is over or `stop` is set. `spec.engine` must be one
// that choose_engine() found. Throws std::runtime_error if the target cannot be
// reached or the descriptors do not suffice.
Tally run_load(const LoadSpec& spec, const std::atomic<bool>& stop,
               const IntervalObserver& observe = nullptr);

}  // namespace sockmark
