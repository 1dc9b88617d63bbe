#include "harness/plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string_view>
#include <system_error>

#include "harness/child.h"
#include "harness/provenance.h"
#include "harness/report_html.h"
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
  if (!chart.rounds.empty()) {
    write(folder / (chart.name + "_rounds.tsv"), chart.rounds);
  }
  write(folder / (chart.name + ".gp"), chart.settings);
}

std::vector<fs::path> images_of(const fs::path& folder, const Chart& chart) {
  return {folder / (chart.name + ".svg"), folder / (chart.name + ".png")};
}

// An older chart must not be taken for one of these trials. What was not drawn
// here stays.
void remove_charts(const fs::path& folder) {
  constexpr std::array<std::string_view, 8> kFirstWords = {
      "throughput", "latency", "cpu",         "achieved",
      "memory",     "bytes",   "percentiles", "order"};
  std::vector<fs::path> old;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const std::string word = name.substr(0, name.find_first_of("_-."));
    const fs::path end = entry.path().extension();
    if (std::find(kFirstWords.begin(), kFirstWords.end(), word) !=
            kFirstWords.end() &&
        (end == ".tsv" || end == ".gp" || end == ".svg" || end == ".png")) {
      old.push_back(entry.path());
    }
  }
  for (const fs::path& path : old) fs::remove(path);
}

// Throws std::system_error if there is no gnuplot.
void draw(const fs::path& folder, const Chart& chart,
          const PlotOptions& options) {
  const fs::path script = options.scripts / (chart.script + ".gp");
  // -d: without the user's own settings.
  Child gnuplot(
      {.argv = {options.gnuplot, "-d", "-c", fs::absolute(script).string(),
                fs::absolute(folder).string(), chart.name},
       .cpus = {}});
  const auto ending = gnuplot.wait_for(options.limit);
  if (ending && ending->clean()) return;
  throw std::runtime_error(
      fmt::format("gnuplot failed on {} ({}): {}", script.string(),
                  ending ? ending->describe() : "it did not end in time",
                  one_line(gnuplot.err())));
}

std::string contents_of(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

ReportPage page_of(const fs::path& run_folder, const std::string& provenance,
                   const std::vector<Chart>& charts, const PlotResult& drawn) {
  ReportPage page{
      .run = fs::absolute(run_folder).lexically_normal().filename().string(),
      .provenance = provenance,
      .warning = drawn.warning,
      .charts = {}};
  if (!drawn.warning.empty()) return page;
  for (const Chart& chart : charts) {
    const fs::path drawing = run_folder / "charts" / (chart.name + ".svg");
    page.charts.push_back({.name = chart.name, .svg = contents_of(drawing)});
  }
  return page;
}

}  // namespace

PlotResult plot_charts(const fs::path& folder, const std::vector<Chart>& charts,
                       const PlotOptions& options) {
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

PlotResult plot_run(const fs::path& run_folder, const PlotOptions& options) {
  const auto groups = group_cells(counting_trials(run_folder));
  const std::string provenance = provenance_of(run_folder);
  const std::vector<Chart> charts = charts_of(groups, provenance);
  if (charts.empty()) {
    throw std::runtime_error("no trials in " + run_folder.string());
  }
  const fs::path folder = run_folder / "charts";
  fs::create_directories(folder);
  remove_charts(folder);
  PlotResult result = plot_charts(folder, charts, options);
  result.report = run_folder / "report.html";
  write(result.report,
        report_html(groups, page_of(run_folder, provenance, charts, result)));
  return result;
}

}  // namespace sockmark
