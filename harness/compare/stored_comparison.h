// Two stored measurements against each other: what was measured at different
// times, and so with whatever the machine did in between. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "harness/compare/google_benchmark.h"
#include "harness/compare/recorded_run.h"
#include "harness/gate/cell_news.h"
#include "harness/gate/comparison.h"

namespace sockmark {

// All throw NotComparable, which names what differs, if the machines do, unless
// `force`, and if no cell (no benchmark) is in both. With `force` the first of
// the notes is a banner that says how the machines differ.
Comparison compare_runs(const RecordedRun& base, const RecordedRun& head,
                        bool force);
Comparison compare_benchmarks(const BenchmarkFile& base,
                              const BenchmarkFile& head, bool force);

// What both of these look at in the end.
struct StoredSides {
  ComparedSide base, head;
  std::vector<std::string> machine;  // how the two machines differ, in lines
  std::vector<std::string> notes;    // on the whole
  CellNews news;
  std::size_t cells = 0;  // of both sides together
  int rounds = 0;
  std::vector<Samples> samples;
};
Comparison compare_sides(StoredSides sides, bool force);

}  // namespace sockmark
