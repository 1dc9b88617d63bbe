// The command line of `sockmark run`.
#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/plan/experiment.h"

namespace sockmark {

// Unset: as the experiment has it.
struct RunOptions {
  std::string preset = "standard";
  std::string experiment;  // a file
  std::string resume;      // a run's name or folder
  std::vector<std::string> servers;
  std::vector<std::string> workloads;
  std::vector<int> connections;
  std::vector<std::string> tools;
  std::string manifest;  // a file
  std::string models;    // a file
  std::string results = "results";
  std::optional<int> rounds;
  std::optional<std::uint64_t> seed;
  std::optional<double> precision;
  std::chrono::nanoseconds time_budget{0};
  std::chrono::nanoseconds duration{0};
  std::chrono::nanoseconds warmup{-1};
  bool ignore_noise = false;
  bool dry_run = false;
  bool quiet = false;
  bool no_plots = false;
  bool names_experiment = false;  // --preset or --experiment is given
};

void add_run_options(CLI::App& verb, RunOptions& options);

// Those that are about the load and the run, and not about who is measured.
void add_load_options(CLI::App& verb, RunOptions& options);

// The preset or the file that the options name. Throws as read_experiment().
Experiment named_experiment(const RunOptions& options);

// `experiment` with what the options change. Throws std::invalid_argument for
// what cannot be, and std::runtime_error for a load tool that is missing.
Experiment adjusted(Experiment experiment, const RunOptions& options);

}  // namespace sockmark
