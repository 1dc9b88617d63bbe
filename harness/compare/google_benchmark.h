// Google Benchmark's JSON, as `--benchmark_out=FILE` writes it.
//
// What is read is what its json_reporter.cc writes, from version 1.5 on: rows
// of `run_type` iteration are a benchmark's repetitions; aggregates (mean,
// median, stddev, cv, BigO, RMS) are computed from those and say nothing more.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/compare/fingerprint.h"

namespace sockmark {

struct Benchmark {
  std::string name;  // its `run_name`: "BM_pipe/64/threads:2"
  // One per repetition, each per iteration. Where a file has only aggregates,
  // the median alone, or the mean.
  std::vector<double> real_time_ns, cpu_time_ns;
  bool is_aggregate = false;
  std::string error;        // of a repetition that failed or was skipped
  bool is_skipped = false;  // it chose not to run
};

struct BenchmarkFile {
  std::string name;         // as asked for
  std::string description;  // "micro/queue, 2026-01-31, built for release"
  // What has to be the same for the figures to be comparable.
  Fingerprint machine;
  std::vector<std::string> notes;     // doubts, a sentence each
  std::vector<Benchmark> benchmarks;  // in the file's order
};

// Throws std::runtime_error with the file, the line and what was expected
// there; NotComparable for a newer schema.
BenchmarkFile read_google_benchmark(const std::filesystem::path& file);

}  // namespace sockmark
