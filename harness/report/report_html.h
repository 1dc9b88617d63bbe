// A run as one page for a browser: tables, charts and where they come from.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/cells/cells.h"
#include "harness/gate/comparison.h"

namespace sockmark {

struct ReportChart {
  std::string name;  // of its files in charts/, without their ends
  std::string svg;   // as gnuplot wrote it
};

struct ReportPage {
  std::string run;         // its name
  std::string provenance;  // a line; empty: not known
  std::string warning;     // why there are no charts; empty: there are
  std::vector<ReportChart> charts;
  // Of a run that compared two sides; its charts stand beside it.
  std::optional<Comparison> comparison = {};
  std::vector<ReportChart> comparison_charts = {};
};

// HTML that is well-formed XML too, and loads nothing from anywhere: styles and
// charts are in it, links go to files beside it. Every name that a server, a
// workload or a tool gave is taken as text.
std::string report_html(const std::vector<WorkloadCells>& groups,
                        const ReportPage& page);

}  // namespace sockmark
