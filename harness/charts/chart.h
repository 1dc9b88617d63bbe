// Charts as data for gnuplot: what each shows, before anything is drawn.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <string>
#include <vector>

#include "harness/cells/cells.h"

namespace sockmark {

// What a script in plots/ draws a chart from.
struct Chart {
  std::string name;      // "throughput"
  std::string script;    // "bars": without its ".gp"
  std::string medians;   // <name>.tsv: a row per bar or point
  std::string rounds;    // <name>_rounds.tsv: a row per trial; empty: no file
  std::string settings;  // <name>.gp: titles, scales and small print
};

// "throughput" and "latency", and "cpu" if any trial knows what its server
// used: a panel per workload and a row per server. Then what each thing that
// was varied did to them, latency by percentile where histograms were kept, and
// the order of the run. None without trials. `provenance`, about the machine
// and the run, is the last line of the small print.
std::vector<Chart> charts_of(const std::vector<WorkloadCells>& groups,
                             const std::string& provenance);

}  // namespace sockmark
