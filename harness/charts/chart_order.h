// Value against order in the run. Internal to the chart files.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/cells/cells.h"
#include "harness/charts/chart.h"

namespace sockmark {

// None where no closed loop was run more than once.
std::optional<Chart> order_chart(const std::vector<WorkloadCells>& groups,
                                 const std::string& provenance);

}  // namespace sockmark
