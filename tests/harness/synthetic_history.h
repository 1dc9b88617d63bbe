// Stored runs that nobody ran, for the tests of what became of cells over time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "harness/history/series.h"
#include "harness/record/record.h"

namespace sockmark {

// Numbers that are about normally distributed, by additions alone: the same on
// every machine.
class NormalNoise {
 public:
  explicit NormalNoise(std::uint64_t seed) : state_(seed) {}

  double uniform();     // from 0 to 1
  double operator()();  // of mean 0 and deviation 1

 private:
  std::uint64_t state_;
};

// A run of one server's `long` with three rounds, whose CPU per request has
// this median. Its date is `day` days after 2026-01-01, its commit begins with
// that number in six digits.
struct SketchedRun {
  int day = 0;
  std::vector<std::pair<std::string, double>> servers = {};  // CPU in ns
  std::string kernel = "6.1.0-18-amd64";
  bool dirty = false;
  std::string sha256 = std::string(64, 'a');  // of all servers
  bool has_ended = true;
};

std::string name_of(const SketchedRun& run);  // "20260102-120000-standard"
std::string environment_of(const SketchedRun& run);
std::vector<TrialRecord> trials_of(const SketchedRun& run);

// As a folder in `results`; returns it.
std::filesystem::path write_run(const std::filesystem::path& results,
                                const SketchedRun& run);

// The same without a disk.
MeasuredRun measured(const SketchedRun& run,
                     const std::string& metric = "cpu_ns_per_request");

// `epoll_lt` gets slower by 10 % from `slower_from` on and varies by 2 %;
// `poll` stays as it is; `fork` has no figure in every tenth run.
std::vector<SketchedRun> sketched_runs(int runs, int slower_from);

}  // namespace sockmark
