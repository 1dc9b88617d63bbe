// sockmark ab: two sides → builds → servers → pairs of trials → verdict.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <memory>
#include <stdexcept>

#include "harness/ab/ab_options.h"
#include "harness/ab/arms_run.h"
#include "harness/ab/both_sides.h"
#include "harness/ab/output_file.h"
#include "harness/ab/sides_record.h"
#include "harness/gate/comparison_json.h"
#include "harness/gate/comparison_table.h"
#include "harness/plan/dry_run.h"
#include "harness/process/exit_statuses.h"
#include "harness/process/find_program.h"
#include "harness/process/run_lock.h"
#include "harness/text/terminal.h"
#include "harness/verbs/verbs.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;

// Before the first trial rather than in each of them.
void require_programs(const Matchup& matchup, bool is_built) {
  for (const ServerSpec& server : matchup.servers) {
    const std::string& program = server.command[0];
    if (find_program(program, server.cwd)) continue;
    const bool is_file = program.find('/') != std::string::npos;
    throw std::runtime_error(
        fmt::format("{}: there is no program {}{}{}", server.name, program,
                    is_file ? "" : " in PATH",
                    is_file && !is_built ? ": have it made with --build" : ""));
  }
}

Matchup matchup_of(const AbOptions& options, const Experiment& experiment,
                   BothSides& sides) {
  sides.base = read(std::move(sides.base));
  sides.head = read(std::move(sides.head));
  Matchup matchup = matched(experiment, sides.base.servers, sides.head.servers);
  if (!options.run.rounds) raise_rounds(matchup);
  require_programs(matchup, !options.build.empty());
  if (!options.run.quiet) {
    for (const std::string& note : matchup.notes) {
      fmt::print(stderr, "{}\n", note);
    }
  }
  return matchup;
}

int print_plan(const AbOptions& options, const Experiment& experiment,
               BothSides sides) {
  bool is_known = true;
  for (const SideServers* const one : {&sides.base, &sides.head}) {
    fmt::print("{}: {}\n", title_of(one->side), described(*one).description);
    if (is_ready(*one)) continue;
    is_known = false;
    fmt::print("  to be built in {}\n", one->folder.string());
  }
  if (!is_known) {
    fmt::print("{}\nwhich servers there are shows when both are built\n",
               outlook_of(experiment));
    return kExitOk;
  }
  const Matchup matchup = matchup_of(options, experiment, sides);
  if (matchup.experiment.workloads.empty()) {
    fmt::print("the sides have no cell in common: nothing would be measured\n");
    return kExitNothingComparable;
  }
  fmt::print("{}\n", summary_of(matchup));
  fmt::print("{}",
             describe_plan(matchup.experiment, names_of(matchup.servers),
                           lineup_of(matchup.experiment, matchup.servers)));
  return kExitOk;
}

int report(const AbOptions& options, const Comparison& comparison) {
  fmt::print("{}", terminal_table(comparison, style_of(STDOUT_FILENO)));
  std::fflush(stdout);
  write_output(options.json, to_json(comparison));
  write_output(options.markdown, markdown(comparison));
  return exit_status_of(comparison, options.strict);
}

// That there are none is no verdict.
void try_to_draw(const fs::path& folder) {
  try {
    draw_charts(folder);
  } catch (const std::exception& failure) {
    fmt::print(stderr, "sockmark: {}\n", failure.what());
  }
}

int measure(const AbOptions& options, const BothSides& sides, Matchup matchup) {
  auto interruption = std::make_unique<Interruption>();  // before any record
  ArmsRun run = {.matchup = std::move(matchup),
                 .arms = {},
                 .setup = {},
                 .description = {}};
  run.arms = described(sides, run.matchup, fs::current_path());
  run.setup = setup_of(run.matchup);
  run.description = with_sides(describe(run.setup), sides.base, sides.head);
  RunFolder folder(options.run.results, "ab", run.description);
  if (!options.run.quiet) {
    fmt::print(stderr, "{}\nrecording to {}\n", summary_of(run.matchup),
               folder.path().string());
  }
  const auto comparison =
      run_arms(run, folder, options.run.quiet, *interruption);
  const int signal = interruption->signal();
  interruption.reset();
  if (!comparison) {
    fmt::print(stderr,
               "sockmark: interrupted: nothing is compared; what was measured "
               "is in {}\n",
               folder.path().string());
    return exit_status_of_signal(signal);
  }
  const int status = report(options, *comparison);
  if (!options.run.no_plots) try_to_draw(folder.path());
  return status;
}

int compare(const AbOptions& options) {
  const Experiment experiment =
      adjusted(named_experiment(options.run), options.run);
  BothSides sides = both_sides(options.base, options.head, options.files,
                               options.build, fs::current_path());
  if (options.run.dry_run) return print_plan(options, experiment, sides);
  require_writable(options.json);
  require_writable(options.markdown);
  const RunLock lock;  // a build would disturb who measures
  for (const SideServers* const one : {&sides.base, &sides.head}) {
    build(*one, [&options](const std::string& line) {
      if (!options.run.quiet) fmt::print(stderr, "{}\n", line);
    });
  }
  Matchup matchup = matchup_of(options, experiment, sides);
  if (!matchup.experiment.workloads.empty()) {
    return measure(options, sides, std::move(matchup));
  }
  return report(options,
                comparison_of(described(sides, matchup, fs::current_path()),
                              matchup, {}, {}, {}));
}

}  // namespace

void add_ab(CLI::App& app, Action& action) {
  const auto options = std::make_shared<AbOptions>();
  CLI::App* const verb = app.add_subcommand(
      "ab", "Measure two builds in pairs: did it get slower?");
  add_ab_options(*verb, *options);
  verb->callback(
      [options, &action] { action = [options] { return compare(*options); }; });
}

}  // namespace sockmark
