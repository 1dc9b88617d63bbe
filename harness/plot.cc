#include "harness/plot.h"

#include <fmt/format.h>

#include <fstream>
#include <stdexcept>
#include <system_error>

#include "harness/chart.h"
#include "harness/child.h"
#include "harness/provenance.h"
#include "harness/stored_runs.h"
#include "harness/text.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;

void write(const fs::path& path, const std::string& text) {
  std::ofstream file(path);
  file << text;
  file.close();
  if (!file) throw std::runtime_error("cannot write " + path.string());
}

void write_data(const fs::path& folder, const Chart& chart) {
  write(folder / (chart.name + ".tsv"), chart.medians);
  write(folder / (chart.name + "_rounds.tsv"), chart.rounds);
  write(folder / (chart.name + ".gp"), chart.settings);
}

std::vector<fs::path> images_of(const fs::path& folder, const Chart& chart) {
  return {folder / (chart.name + ".svg"), folder / (chart.name + ".png")};
}

// An older chart must not be taken for one of these trials.
void remove_charts(const fs::path& folder) {
  for (const char* const name : {"throughput", "latency", "cpu"}) {
    for (const char* const end :
         {".tsv", "_rounds.tsv", ".gp", ".svg", ".png"}) {
      fs::remove(folder / (std::string(name) + end));
    }
  }
}

// Throws std::system_error if there is no gnuplot.
void draw(const fs::path& folder, const Chart& chart,
          const PlotOptions& options) {
  const fs::path script = options.scripts / (chart.name + ".gp");
  // -d: without the user's own settings.
  Child gnuplot(
      {.argv = {options.gnuplot, "-d", "-c", fs::absolute(script).string(),
                fs::absolute(folder).string()},
       .cpus = {}});
  const auto ending = gnuplot.wait_for(options.limit);
  if (ending && ending->clean()) return;
  throw std::runtime_error(
      fmt::format("gnuplot failed on {} ({}): {}", script.string(),
                  ending ? ending->describe() : "it did not end in time",
                  one_line(gnuplot.err())));
}

}  // namespace

PlotResult plot_run(const fs::path& run_folder, const PlotOptions& options) {
  const std::vector<Chart> charts = charts_of(
      group_cells(counting_trials(run_folder)), provenance_of(run_folder));
  if (charts.empty()) {
    throw std::runtime_error("no trials in " + run_folder.string());
  }
  const fs::path folder = run_folder / "charts";
  fs::create_directories(folder);
  remove_charts(folder);
  for (const Chart& chart : charts) write_data(folder, chart);
  PlotResult result;
  for (const Chart& chart : charts) {
    try {
      draw(folder, chart, options);
    } catch (const std::system_error& missing) {
      result.warning = fmt::format(
          "no charts: {} (apt-get install gnuplot-nox)", missing.what());
      return result;
    }
    for (fs::path& image : images_of(folder, chart)) {
      result.images.push_back(std::move(image));
    }
  }
  return result;
}

}  // namespace sockmark
