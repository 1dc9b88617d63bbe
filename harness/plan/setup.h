// What decides how a run goes, and what it measures: experiment.json.
#pragma once

#include <string>
#include <vector>

#include "harness/machine/cpus.h"
#include "harness/plan/blocks.h"
#include "harness/plan/experiment.h"
#include "harness/server/server_spec.h"

namespace sockmark {

struct RunSetup {
  Experiment experiment;
  std::string models;                    // the file of the built-in servers
  std::string manifest = {};             // of the user's own; empty: none
  std::vector<ServerSpec> servers = {};  // that take part
  CpuPlan cpus = {};
  bool has_sides = false;  // recorded by sockmark ab
};

// The servers that the experiment names, for all workloads or for one; all but
// the flawed ones where it names none. Throws std::invalid_argument.
std::vector<ServerSpec> participants(const Experiment& experiment,
                                     const std::vector<ServerSpec>& all);

// Which of `servers` take part in which workload.
Lineup lineup_of(const Experiment& experiment,
                 const std::vector<ServerSpec>& servers);

std::vector<std::string> names_of(const std::vector<ServerSpec>& servers);

// As JSON, with the fingerprints of all programs and files that it names.
std::string describe(const RunSetup& setup);

// What it takes to make the setup again: the experiment and the files' names.
// Throws std::runtime_error.
RunSetup read_setup(const std::string& json_text, const std::string& origin);

// What differs between two descriptions, a line each: "servers/poll/sha256: was
// 12ab, is 34cd".
std::vector<std::string> differences(const std::string& recorded,
                                     const std::string& now);

}  // namespace sockmark
