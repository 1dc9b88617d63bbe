// What all charts have in common: panels of workloads, rows of cells.
// Internal to the chart files.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/cells/cells.h"
#include "harness/charts/chart.h"
#include "harness/charts/chart_settings.h"

namespace sockmark {

// Tab-separated values under a row of names.
class Tsv {
 public:
  explicit Tsv(const std::vector<std::string>& names) { row(names); }

  void row(const std::vector<std::string>& fields);
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

// What is not known is an empty field.
std::string number(const std::optional<double>& value);

// A workload's name, which may be a user's, as part of a file's: letters,
// digits, "_" and "-".
std::string file_name(std::string name);

// A cell and where it is drawn; both count from 0, from the top.
struct Place {
  const WorkloadCells& group;
  const Cell& cell;
  std::size_t panel;
  std::size_t row;
  bool with_tool;  // the label needs it
};

void for_each_place(const std::vector<WorkloadCells>& groups,
                    const std::function<void(const Place&)>& visit);

// The columns that tell a row from all others.
std::vector<std::string> place_names();
std::vector<std::string> fields_of(const Place& place);

// Instead of figures, why there are none: "crashed: killed by SIGSEGV (6 of 6
// trials)", or that the tool does not know.
std::string gap_of(const Cell& cell);

// How much a trial's dot counts: "valid", "suspect" or "invalid".
std::string mark_of(const TrialRecord& trial);

// What marked dots mean, to go on with a sentence; empty where there are none.
std::string hollow(const std::vector<WorkloadCells>& groups);
std::string crossed(const std::vector<WorkloadCells>& groups);

// Panels and small print. What the axis shows is the chart's to fill in.
ChartSettings common_settings(const std::vector<WorkloadCells>& groups);

// The charts themselves.
Chart throughput_chart(const std::vector<WorkloadCells>& groups,
                       const std::string& provenance);
Chart cpu_chart(const std::vector<WorkloadCells>& groups,
                const std::string& provenance);
Chart latency_chart(const std::vector<WorkloadCells>& groups,
                    const std::string& provenance);

}  // namespace sockmark
