// JUnit's XML, as Jenkins, GitLab and most other CI systems read it.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/exports/exports.h"
#include "harness/gate/comparison.h"

namespace sockmark {

struct JUnitCase {
  enum class Outcome { passed, skipped, failure };
  std::string class_name;
  std::string name;
  std::optional<double> seconds;
  std::vector<std::pair<std::string, std::string>> properties;
  Outcome outcome = Outcome::passed;
  std::string type;     // of a failure: "failed", "regressed"
  std::string message;  // why it did not pass
  std::string output;   // remarks
};

struct JUnitSuite {
  std::string name;
  std::vector<std::pair<std::string, std::string>> properties;
  std::vector<JUnitCase> cases;
};

// Whole: with its declaration. Characters that XML cannot have are dropped.
std::string junit_xml(const std::vector<JUnitSuite>& suites);

// A suite per workload, a case per cell. It fails where a trial has failed or
// none counts; it is skipped where the kernel cannot run the server, or
// somebody stopped it before there was a figure. Of a run that is a comparison,
// cells with figures pass, as it judges them; those without are skipped where
// it found the machine too noisy and no trial has failed.
std::vector<JUnitSuite> junit_suites_of(const ExportedRun& run);

// A case per metric of a cell, and one for each cell that is missing or failed.
// It fails where the new side is worse in what counts; what could not be shown
// is skipped.
JUnitSuite junit_suite_of(const Comparison& comparison);

}  // namespace sockmark
