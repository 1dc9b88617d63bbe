// sockmark baseline: a history of runs, for CI that cannot measure the base
// again.
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "harness/compare/baseline.h"
#include "harness/compare/baseline_check.h"
#include "harness/compare/baseline_file.h"
#include "harness/compare/not_comparable.h"
#include "harness/compare/recorded_run.h"
#include "harness/process/exit_statuses.h"
#include "harness/text/replace_file.h"
#include "harness/verbs/verbs.h"
#include "lib/exit_status.h"

namespace sockmark {
namespace {

struct BaselineOptions {
  std::string run = "latest";
  std::string results = "results";
  std::string file = "results/baseline.json";
  std::string reference = kSteadiestServer;
  bool is_strict = false;
};

int add_run_to(const BaselineOptions& options) {
  const RecordedRun run = read_recorded_run(options.run, options.results);
  Baseline before;
  if (std::filesystem::exists(options.file)) {
    before = read_baseline(options.file);
  }
  const Baseline baseline = with_run(before, run, options.reference);
  write_file(options.file, to_json(baseline));
  const BaselineEntry& added = baseline.entries.back();
  fmt::print("{}: {} of commit {} is its entry {}, over {} of the same run\n",
             options.file, added.run, added.commit, baseline.entries.size(),
             added.reference);
  for (const BaselineCell& cell : added.cells) {
    if (!cell.figures.empty()) continue;
    fmt::print(stderr, "sockmark: {} has no figures: no trial was usable\n",
               cell.name);
  }
  return kExitOk;
}

int check(const BaselineOptions& options) {
  const RecordedRun run = read_recorded_run(options.run, options.results);
  if (!std::filesystem::exists(options.file)) {
    throw NotComparable("no comparable baseline: there is no " + options.file +
                        " (sockmark baseline add makes one)");
  }
  const auto result = check_against(read_baseline(options.file), run);
  fmt::print("{}", to_text(result, options.file));
  return result.has_tripped() && options.is_strict ? kExitInconclusive
                                                   : kExitOk;
}

int or_not_comparable(const BaselineOptions& options,
                      int (*act)(const BaselineOptions&)) {
  try {
    return act(options);
  } catch (const NotComparable& difference) {
    fmt::print(stderr, "sockmark: {}\n", difference.what());
    return kExitNothingComparable;
  }
}

void add_shared_options(CLI::App& verb, BaselineOptions& options) {
  verb.add_option("run", options.run,
                  "A run's name or folder, its result.json, or latest")
      ->capture_default_str();
  verb.add_option("--file", options.file, "The baseline")
      ->capture_default_str();
  verb.add_option("--results", options.results, "Folder of the runs")
      ->capture_default_str();
}

}  // namespace

void add_baseline(CLI::App& app, Action& action) {
  CLI::App* const verb = app.add_subcommand(
      "baseline", "A history of runs, if the base cannot be rerun");
  verb->require_subcommand(1);
  const auto options = std::make_shared<BaselineOptions>();
  const auto on = [options, &action](CLI::App* part,
                                     int (*act)(const BaselineOptions&)) {
    part->callback([options, &action, act] {
      action = [options, act] { return or_not_comparable(*options, act); };
    });
  };
  CLI::App* const add = verb->add_subcommand(
      "add", "Appends a run of a clean commit to the history");
  add_shared_options(*add, *options);
  add->add_option("--reference", options->reference,
                  "The server of the run by which all figures are divided")
      ->capture_default_str();
  on(add, add_run_to);
  CLI::App* const compare = verb->add_subcommand(
      "check", "Is a run unlike the history? A hint, no verdict");
  add_shared_options(*compare, *options);
  compare->add_flag("--strict", options->is_strict, "Exit with 4 if it is");
  on(compare, check);
}

}  // namespace sockmark
