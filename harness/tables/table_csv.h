// The columns of trials in CSV.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "harness/record/record.h"

namespace sockmark {

struct CsvField {
  std::string name;  // with its unit: "cpu_ns_per_request"
  // As it stands between commas, in quotes where it needs them; empty where it
  // is not known.
  std::function<std::string(const TrialRecord&)> text;
};

// What was measured, when, and how it went.
std::vector<CsvField> csv_identity();

// What came of it.
std::vector<CsvField> csv_figures();

}  // namespace sockmark
