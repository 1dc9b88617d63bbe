// Latency by percentile, as HdrHistogram plots it. Internal to the chart files.
#pragma once

#include <optional>
#include <string>

#include "harness/cells/cells.h"
#include "harness/charts/chart.h"

namespace sockmark {

// A panel per server. None where no trial kept its histogram.
std::optional<Chart> percentiles_chart(const WorkloadCells& group,
                                       const std::string& provenance);

}  // namespace sockmark
