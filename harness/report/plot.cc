#include "harness/report/plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <system_error>

#include "harness/gate/comparison_charts.h"
#include "harness/process/child.h"
#include "harness/record/stored_runs.h"
#include "harness/report/provenance.h"
#include "harness/report/recorded_comparison.h"
#include "harness/report/report_html.h"
#include "harness/text/text.h"
#include "harness/text/text_file.h"

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
  constexpr std::array<std::string_view, 10> kFirstWords = {
      "throughput", "latency",     "cpu",   "achieved",      "memory",
      "bytes",      "percentiles", "order", "distributions", "forest"};
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

// Throws std::runtime_error; a gnuplot that is not there is a warning.
PlotResult draw_all(const fs::path& folder, const std::vector<Chart>& charts,
                    const PlotOptions& options) {
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

std::vector<ReportChart> drawings(const fs::path& folder,
                                  const std::vector<Chart>& charts) {
  std::vector<ReportChart> drawn;
  for (const Chart& chart : charts) {
    drawn.push_back(
        {.name = chart.name, .svg = read_text(folder / (chart.name + ".svg"))});
  }
  return drawn;
}

}  // namespace

PlotResult draw_into(const fs::path& folder, const std::vector<Chart>& charts,
                     const PlotOptions& options) {
  fs::create_directories(folder);
  for (const Chart& chart : charts) write_data(folder, chart);
  return draw_all(folder, charts, options);
}

PlotResult plot_run(const fs::path& run_folder, const PlotOptions& options) {
  const auto groups = group_cells(counting_trials(run_folder));
  const std::string provenance = provenance_of(run_folder);
  const std::vector<Chart> charts = charts_of(groups, provenance);
  if (charts.empty()) {
    throw std::runtime_error("no trials in " + run_folder.string());
  }
  const auto comparison = recorded_comparison(run_folder);
  const std::vector<Chart> of_sides =
      comparison ? comparison_charts(*comparison, provenance)
                 : std::vector<Chart>();
  std::vector<Chart> all = of_sides;
  all.insert(all.end(), charts.begin(), charts.end());
  const fs::path folder = run_folder / "charts";
  fs::create_directories(folder);
  remove_charts(folder);
  PlotResult result = draw_into(folder, all, options);
  result.report = run_folder / "report.html";
  ReportPage page{
      .run = fs::absolute(run_folder).lexically_normal().filename().string(),
      .provenance = provenance,
      .warning = result.warning,
      .charts = {},
      .comparison = comparison};
  if (result.warning.empty()) {
    page.charts = drawings(folder, charts);
    page.comparison_charts = drawings(folder, of_sides);
  }
  write(result.report, report_html(groups, page));
  return result;
}

}  // namespace sockmark
