// loadgen against wrk, h2load and ab, as installed, and against a bare loop:
// each on one CPU, with one of our servers on another. What counts is the CPU
// time of the generator's whole life per request answered.
//
// It measures: other work on the machine is in its figures. Takes about 10
// minutes with 10 rounds.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <cstdio>
#include <exception>
#include <string>

#include "harness/machine/cpus.h"
#include "lib/command_line.h"
#include "lib/exit_status.h"
#include "micro/contenders.h"
#include "micro/generator_scenarios.h"

namespace sockmark {
namespace {

bool is_chosen(const Scenario& scenario,
               const std::vector<std::string>& names) {
  return names.empty() ||
         std::find(names.begin(), names.end(), scenario.name) != names.end();
}

bool measure(const std::vector<std::string>& names, const Effort& effort) {
  if (split_cpus().server.empty()) {
    fmt::print("*** only one CPU: server and generator share it\n");
  }
  const std::vector<Contender> contenders = installed_contenders();
  bool measured = true;
  for (const Scenario& scenario : all_scenarios()) {
    if (!is_chosen(scenario, names)) continue;
    measured = scenario.measure(contenders, effort) && measured;
  }
  return measured;
}

}  // namespace
}  // namespace sockmark

int main(int argc, char** argv) {
  using namespace sockmark;
  Effort effort;
  std::vector<std::string> names;
  CLI::App app("Measures loadgen against other load generators.", "generators");
  app.footer(
      "Exit status: 0 all of loadgen was measured, whatever came of it, 1 it "
      "was not, 2 usage.");
  app.add_option("--rounds", effort.rounds, "Of each scenario that has them")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_flag_callback(
      "--quick", [&] { effort.duration = std::chrono::seconds(1); },
      "Runs of 1 s instead of 2 s");
  app.add_flag_callback(
      "--long",
      [&] {
        effort.memory_after[0] = std::chrono::seconds(10);
        effort.memory_after[1] = std::chrono::seconds(60);
      },
      "Looks at memory after 10 s and 60 s instead of 3 s and 10 s");
  std::vector<std::string> known;
  for (const Scenario& one : all_scenarios()) known.emplace_back(one.name);
  app.add_option("scenarios", names, "all if there are none")
      ->check(CLI::IsMember(known));
  if (const auto status = parse_command_line(app, argc, argv)) return *status;
  try {
    return measure(names, effort) ? kExitOk : kExitFailed;
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "generators: %s\n", failure.what());
    return kExitFailed;
  }
}
