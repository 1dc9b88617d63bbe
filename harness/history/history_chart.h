// A history as charts. plots/history.gp draws them. Pure.
#pragma once

#include <string>
#include <vector>

#include "harness/charts/chart.h"
#include "harness/history/history_notes.h"

namespace sockmark {

// A panel per cell, one below the other on the same runs; as many charts as it
// takes, named `name`, `name`-2, ... None without series.
std::vector<Chart> history_charts(const HistoryReport& report,
                                  const std::string& name);

}  // namespace sockmark
