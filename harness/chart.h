// Charts as data for gnuplot: what each shows, before anything is drawn.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <string>
#include <vector>

#include "harness/cells.h"

namespace sockmark {

// A chart has a panel per workload and a row per server. The script of the
// same name in plots/ draws it.
struct Chart {
  std::string name;      // "throughput"
  std::string medians;   // <name>.tsv: a row per server
  std::string rounds;    // <name>_rounds.tsv: a row per trial with a figure
  std::string settings;  // <name>.gp: titles, scales and small print
};

// "throughput" and "latency", and "cpu" if any trial knows what its server
// used. None without trials. `provenance`, about the machine and the run, is
// the last line of the small print.
std::vector<Chart> charts_of(const std::vector<WorkloadCells>& groups,
                             const std::string& provenance);

}  // namespace sockmark
