// A run's charts: data files for gnuplot, and what gnuplot makes of them.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "harness/charts/chart.h"

namespace sockmark {

struct PlotOptions {
  std::filesystem::path scripts;  // the folder that holds throughput.gp
  std::string gnuplot = "gnuplot";
  std::chrono::nanoseconds limit = std::chrono::seconds(60);  // per chart
};

struct PlotResult {
  std::vector<std::filesystem::path> images;  // .svg and .png
  std::filesystem::path report;               // report.html in the run's folder
  std::string warning;  // a line; empty when all was drawn
};

// For each chart a .svg, a .png and the data they were drawn from (.tsv, .gp),
// which come out even where gnuplot is not installed: then the warning says so,
// and there are no images. The folder is made if need be. Throws
// std::runtime_error: a file cannot be written, or gnuplot failed (with what it
// said).
PlotResult draw_into(const std::filesystem::path& folder,
                     const std::vector<Chart>& charts,
                     const PlotOptions& options);

// Draws what is in run_folder/trials.jsonl, and in run_folder/comparison.json
// if there is one, into run_folder/charts, as above. Then writes
// run_folder/report.html, which has the tables and the charts in one file.
// Blocks until they are drawn. Throws std::runtime_error, also if the folder
// has no readable trials, or a comparison that cannot be read.
PlotResult plot_run(const std::filesystem::path& run_folder,
                    const PlotOptions& options);

}  // namespace sockmark
