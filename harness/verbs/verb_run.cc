// sockmark run: command line → experiment → plan → trials → table and charts.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <stdexcept>

#include "harness/cells/cells.h"
#include "harness/plan/dry_run.h"
#include "harness/plan/plan.h"
#include "harness/plan/progress.h"
#include "harness/plan/run_options.h"
#include "harness/plan/setup.h"
#include "harness/process/exit_statuses.h"
#include "harness/process/installation.h"
#include "harness/process/interruption.h"
#include "harness/process/run_lock.h"
#include "harness/record/attempts.h"
#include "harness/record/stored_runs.h"
#include "harness/server/can_serve.h"
#include "harness/server/server_choice.h"
#include "harness/tables/table.h"
#include "harness/text/terminal.h"
#include "harness/text/text.h"
#include "harness/trial/run_recording.h"
#include "harness/trial/run_result.h"
#include "harness/verbs/verbs.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;

RunSetup setup_of(Experiment experiment, const std::string& models,
                  const std::string& manifest) {
  RunSetup setup = {.experiment = std::move(experiment),
                    .models = models,
                    .manifest = manifest};
  const auto all =
      all_servers(models, manifest.empty() ? std::nullopt
                                           : std::optional<fs::path>(manifest));
  setup.servers = participants(setup.experiment, all);
  setup.cpus = split_cpus();
  return setup;
}

RunSetup new_setup(const RunOptions& options) {
  return setup_of(adjusted(named_experiment(options), options),
                  options.models.empty()
                      ? (installation().servers / "MODELS").string()
                      : options.models,
                  options.manifest);
}

// The setup of a recorded run, made again with what is there now.
RunSetup recorded_setup(const RunOptions& options, const RunFolder& folder,
                        const std::string& recorded) {
  const std::string origin = (folder.path() / "experiment.json").string();
  const RunSetup before = read_setup(recorded, origin);
  if (before.has_sides) {
    throw std::runtime_error(
        fmt::format("cannot go on with {}: a comparison of two sides begins "
                    "anew: sockmark ab",
                    folder.path().string()));
  }
  return setup_of(
      adjusted(options.names_experiment ? named_experiment(options)
                                        : before.experiment,
               options),
      options.models.empty() ? before.models : options.models,
      options.manifest.empty() ? before.manifest : options.manifest);
}

Plan plan_of(const RunSetup& setup) {
  return {setup.experiment, names_of(setup.servers),
          lineup_of(setup.experiment, setup.servers)};
}

void say(const RunOptions& options, const std::string& line) {
  if (!options.quiet) fmt::print(stderr, "{}\n", line);
}

// Which servers cannot take part in which workload.
std::vector<std::string> omissions(const RunSetup& setup) {
  std::vector<std::string> sentences;
  for (const WorkloadPlan& plan : setup.experiment.workloads) {
    for (const ServerSpec& server : setup.servers) {
      const std::string why = why_left_out(server, plan.workload);
      if (why.empty()) continue;
      sentences.push_back(fmt::format("{} is left out of {}: it {}",
                                      server.name, plan.workload.name, why));
    }
  }
  return sentences;
}

void print_table(const std::vector<TrialRecord>& trials, const RunSetup& setup,
                 const RunOutcome& outcome) {
  const TerminalStyle style = style_of(STDOUT_FILENO);
  fmt::print("{}", terminal_table(group_cells(trials), style));
  for (const std::string& note :
       notes_on_run(outcome, setup.experiment.precision)) {
    for (const std::string& line : wrap(note, style.width)) {
      fmt::print("{}\n", line);
    }
  }
  std::fflush(stdout);
}

// Runs what is left of the plan after `trials`, and reports the whole. The
// interruption lasts until all is recorded: what comes then can be had again.
int run_in(RunFolder& folder, const RunSetup& setup, Plan& plan,
           std::vector<TrialRecord> trials, const RunOptions& options,
           std::unique_ptr<Interruption> interruption) {
  RunRecording run =
      record_run(folder, setup, describe(setup), plan, std::move(trials),
                 options.quiet, *interruption);
  interruption.reset();
  const auto counting = latest_attempts(std::move(run.trials));
  print_table(counting, setup, run.outcome);
  if (!options.no_plots && run.outcome.interrupted_by == 0) {
    draw_charts(folder.path());
  }
  return exit_status_of(run.outcome, counting);
}

int start(const RunOptions& options) {
  const RunSetup setup = new_setup(options);
  const Lineup lineup = lineup_of(setup.experiment, setup.servers);
  if (options.dry_run) {
    fmt::print(
        "{}", describe_plan(setup.experiment, names_of(setup.servers), lineup));
    return kExitOk;
  }
  for (const std::string& line : omissions(setup)) say(options, line);
  const RunLock lock;
  auto interruption = std::make_unique<Interruption>();  // before any record
  RunFolder folder(options.results, setup.experiment.name, describe(setup));
  say(options, summary_of(setup.experiment, setup.servers.size(), lineup));
  say(options, "recording to " + folder.path().string());
  Plan plan = plan_of(setup);
  return run_in(folder, setup, plan, {}, options, std::move(interruption));
}

int resume(const RunOptions& options) {
  const RunLock lock;
  auto interruption = std::make_unique<Interruption>();
  RunFolder folder =
      RunFolder::resume(find_run(options.resume, options.results));
  const std::string recorded = folder.read("experiment.json");
  const RunSetup setup = recorded_setup(options, folder, recorded);
  const auto changes = differences(recorded, describe(setup));
  if (!changes.empty()) {
    throw std::runtime_error(
        fmt::format("cannot go on with {}: it would not be the same run: {}",
                    folder.path().string(), join(changes, "; ")));
  }
  Plan plan = plan_of(setup);
  auto trials = read_trials(folder.path());
  for (const TrialRecord& trial : trials) plan.add(trial);
  if (!plan.next() && is_finished(folder.path())) {
    say(options, folder.path().string() + " is complete: nothing to run");
    return kExitOk;
  }
  say(options, fmt::format("going on in {} with {} trials recorded, about {}",
                           folder.path().string(), trials.size(),
                           format_left(plan.expected_left())));
  return run_in(folder, setup, plan, std::move(trials), options,
                std::move(interruption));
}

}  // namespace

void add_run(CLI::App& app, Action& action) {
  const auto options = std::make_shared<RunOptions>();
  CLI::App* const verb =
      app.add_subcommand("run", "Measure servers, record, draw charts");
  add_run_options(*verb, *options);
  verb->callback([verb, options, &action] {
    options->names_experiment =
        verb->count("--preset") + verb->count("--experiment") > 0;
    action = [options] {
      return options->resume.empty() ? start(*options) : resume(*options);
    };
  });
}

}  // namespace sockmark
