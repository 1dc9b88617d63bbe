// Charts of what was varied: a figure against the factor, a panel per server.
// Internal to the chart files.
#pragma once

#include <string>
#include <vector>

#include "harness/cells/sweeps.h"
#include "harness/charts/chart.h"

namespace sockmark {

// All that the sweep has figures for: throughput and latency against
// connections, latency against the offered rate and how much of it was held,
// memory and CPU against idle connections, throughput against the reply's size.
std::vector<Chart> sweep_charts(const Sweep& sweep,
                                const std::string& provenance);

}  // namespace sockmark
