// The settings that a chart's script in plots/ loads. Internal to chart.cc.
#pragma once

#include <string>
#include <vector>

#include "harness/charts/axis.h"

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

// Parts of that: a text, an array of texts or of numbers, and the small print
// cut into lines. Every text is taken literally.
inline constexpr const char* kSettingsHeader =
    "# What this chart says. Its script in plots/ draws it.\n";
std::string text_setting(const std::string& name, const std::string& text);
std::string texts_setting(const std::string& name,
                          const std::vector<std::string>& all);
std::string numbers_setting(const std::string& name,
                            const std::vector<double>& all);
std::string notes_setting(const std::vector<std::string>& notes);

// An axis as `<name>_label`, `_log`, `_least`, `_most`, and its ticks as the
// arrays `_ticks` and `_texts`.
std::string axis_setting(const std::string& name, const Axis& axis);

// A field of a .tsv file: one line, no tabs, no quotes.
std::string tsv_field(const std::string& text);

}  // namespace sockmark
