#include "harness/charts/chart_sweeps.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/cells/notes.h"
#include "harness/charts/chart_rows.h"
#include "harness/charts/sweep_line.h"
#include "harness/charts/sweep_subjects.h"

namespace sockmark {
namespace {

std::vector<Line> lines_of(const Sweep& sweep, const Subject& subject) {
  std::vector<Line> lines;
  const auto servers = servers_of(sweep);
  for (std::size_t s = 0; s < servers.size(); ++s) {
    for (std::size_t f = 0; f < subject.figures.size(); ++f) {
      Line line =
          line_of(sweep, servers[s], subject.figures[f], subject.divisor);
      line.panel = s;
      line.style = f;
      lines.push_back(std::move(line));
    }
  }
  return lines;
}

Axis y_axis(const Subject& subject, const std::vector<Line>& lines) {
  double least = 0, most = 0;
  for (const Line& line : lines) {
    for (const LinePoint& point : line.points) {
      for (const auto& value : {point.y, point.low, point.high}) {
        if (value.value_or(0) <= 0) continue;
        least = least == 0 ? *value : std::min(least, *value);
        most = std::max(most, *value);
      }
    }
  }
  return subject.is_log ? log_axis(subject.unit, least, most)
                        : linear_axis(subject.unit, most);
}

// At how many values of the factor somebody has a figure.
std::size_t places_with_figures(const std::vector<Line>& lines) {
  std::vector<double> places;
  for (const Line& line : lines) {
    for (const LinePoint& point : line.points) {
      if (point.y) places.push_back(point.x);
    }
  }
  std::sort(places.begin(), places.end());
  return static_cast<std::size_t>(std::unique(places.begin(), places.end()) -
                                  places.begin());
}

void add_notes(LineChart& chart, const Sweep& sweep,
               const std::string& provenance) {
  chart.notes = notes_on_lines(sweep, chart.lines);
  if (chart.styles.size() > 1) {
    const auto note = note_on_latency(sweep.points.front().workload);
    if (!note.empty()) chart.notes.insert(chart.notes.begin(), note);
  }
  if (chart.background) {
    chart.notes.emplace_back("Grey: all the other servers.");
  }
  if (value_of(sweep.factor, sweep.points.front().workload) == 0) {
    chart.notes.emplace_back("0 has a place of its own, left of the scale.");
  }
  if (!provenance.empty()) chart.notes.push_back(provenance);
}

}  // namespace

std::vector<Chart> sweep_charts(const Sweep& sweep,
                                const std::string& provenance) {
  const Against factor = against(sweep.factor);
  std::vector<double> values;
  for (const WorkloadCells& point : sweep.points) {
    values.push_back(value_of(sweep.factor, point.workload));
  }
  std::vector<Chart> charts;
  for (const Subject& subject : factor.subjects) {
    LineChart chart;
    chart.name =
        fmt::format("{}_by_{}-{}", subject.name, to_string(sweep.factor),
                    file_name(sweep.points.front().workload.name));
    chart.title = fmt::format("{} against {}", subject.title, factor.title);
    chart.subtitle = describe(sweep);
    chart.lines = lines_of(sweep, subject);
    if (places_with_figures(chart.lines) < 2) continue;
    chart.x = values_axis(factor.axis, values, sweep.factor == Factor::body);
    chart.y = y_axis(subject, chart.lines);
    for (const SweepServer& server : servers_of(sweep)) {
      chart.panels.push_back(server.label);
    }
    for (const SweepFigure& figure : subject.figures) {
      chart.styles.push_back(figure.name);
    }
    chart.background = subject.background;
    add_notes(chart, sweep, provenance);
    charts.push_back(to_chart(chart));
  }
  return charts;
}

}  // namespace sockmark
