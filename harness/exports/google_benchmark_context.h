// The `context` of Google Benchmark's JSON.
#pragma once

#include <string>

#include "harness/exports/exports.h"

namespace sockmark {

// A JSON object. Texts that sockmark does not record, such as the host's name,
// are empty; flags and figures that the run does not say are left out. `caches`
// is always there: Bencher insists.
std::string google_benchmark_context(const ExportedRun& run);

}  // namespace sockmark
