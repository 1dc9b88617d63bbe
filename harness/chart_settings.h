// The settings that a chart's script in plots/ loads. Internal to chart.cc.
#pragma once

#include <string>
#include <vector>

namespace sockmark {

struct ChartSettings {
  std::string title;
  std::string subtitle;             // how to read it
  std::string axis;                 // of the figures, with their unit
  std::vector<std::string> panels;  // a title each
  std::vector<std::size_t> rows;    // of each panel
  std::vector<double> least;        // the figure at the left edge of each panel
  std::vector<double> most;         // and at its right edge
  std::size_t label_width = 0;      // of the widest row's label
  std::vector<std::string> notes;   // a paragraph each
};

// As gnuplot assignments.
std::string to_gnuplot(const ChartSettings& settings);

// A field of a .tsv file: one line, no tabs, no quotes.
std::string tsv_field(const std::string& text);

}  // namespace sockmark
