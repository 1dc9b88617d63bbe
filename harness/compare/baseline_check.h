// A run against a baseline: which figures are out of what earlier runs had.
// Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "harness/compare/baseline.h"
#include "harness/record/metric.h"

namespace sockmark {

// One figure that could be held against history. Ratios are of the quotient of
// the cell and its reference, now, to what that quotient was.
struct Held {
  std::string cell;
  Metric metric;
  std::size_t entries = 0;
  double ratio = 1;  // to the median of the entries
  double limit = 1;  // beyond which it trips
  bool has_tripped = false;
};

struct BaselineCheck {
  std::string run;
  std::string reference;
  std::string commit;              // of the newest comparable entry
  std::size_t entries = 0;         // that are comparable
  std::vector<Held> held;          // in the order of the run's cells
  std::vector<std::string> lost;   // "long/poll/...: no figures"; of the newest
                                   // comparable entry, and they trip, too
  std::vector<std::string> young;  // cells with less than kFewestEntries
  std::vector<std::string> notes;  // a sentence each

  bool has_tripped() const;
};

// Entries are comparable whose fingerprint does not differ, with the reference
// of the newest such entry, and that are not the run itself. Throws
// NotComparable if there is none, or if there are too few for any figure; it
// says how they differ.
BaselineCheck check_against(const Baseline& baseline, const RecordedRun& run);

// For people: what tripped, and how to confirm it. `file` is the baseline's.
std::string to_text(const BaselineCheck& check, const std::string& file);

}  // namespace sockmark
