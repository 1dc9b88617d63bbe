#include "harness/plan/run_options.h"

#include <fmt/format.h>

#include <cstdio>
#include <stdexcept>

#include "harness/plan/experiment_file.h"
#include "harness/text/text.h"
#include "harness/tool/tool.h"
#include "lib/command_line.h"

namespace sockmark {
namespace {

void add_precision(CLI::App& verb, RunOptions& options) {
  verb.add_option_function<std::string>(
          "--precision",
          [&options](const std::string& text) {
            try {
              options.precision = parse_percentage(text);
            } catch (const std::invalid_argument& bad) {
              throw CLI::ValidationError("--precision", bad.what());
            }
          },
          "Add rounds until each interval is at most so wide to either side, "
          "as in 2%")
      ->type_name("PERCENTAGE");
  add_duration(verb, "--time-budget", options.time_budget,
               "End after the trial that crosses it; one round is run anyhow");
}

void require_tools(const Experiment& experiment) {
  for (const WorkloadPlan& plan : experiment.workloads) {
    for (const std::string& name : plan.tools) {
      const LoadTool& tool = find_tool(name);
      require_tool(tool);
      tool.command(plan.with(name),
                   {.url = "http://127.0.0.1/"});  // may refuse
    }
  }
}

std::vector<Workload> workloads_of(const std::vector<WorkloadPlan>& plans) {
  std::vector<Workload> workloads;
  for (const WorkloadPlan& plan : plans) workloads.push_back(plan.workload);
  return workloads;
}

}  // namespace

void add_load_options(CLI::App& verb, RunOptions& options) {
  auto* const preset = verb.add_option("--preset", options.preset,
                                       "quick, standard, full, gate, selfcheck")
                           ->capture_default_str();
  verb.add_option("--experiment", options.experiment,
                  "A file such as the presets are")
      ->excludes(preset);
  verb.add_option("--workload", options.workloads,
                  "Of the experiment, by name: short (a connection per "
                  "request), long (kept alive), ...")
      ->delimiter(',');
  verb.add_option("--connections", options.connections, "Open at once")
      ->delimiter(',')
      ->check(CLI::Range(1, 1'000'000));
  add_duration(verb, "--duration", options.duration, "Of each measurement");
  add_duration(verb, "--warmup", options.warmup, "Before each measurement");
  verb.add_flag("--ignore-noise", options.ignore_noise,
                "Run no disturbed round again, and never exit with 6");
  verb.add_option("--seed", options.seed, "Of the order of the trials [1]")
      ->check(CLI::Range(std::uint64_t{0}, kLargestSeed));
  verb.add_option("--results", options.results, "Folder of the runs")
      ->capture_default_str();
  verb.add_flag("--dry-run", options.dry_run,
                "Print the plan and how long it takes; run nothing");
  verb.add_flag("--no-plots", options.no_plots, "Draw no charts");
  verb.add_flag("--quiet", options.quiet, "Print the table only");
}

void add_run_options(CLI::App& verb, RunOptions& options) {
  add_load_options(verb, options);
  verb.add_option("--resume", options.resume,
                  "Go on with a run that was cut off, or latest");
  verb.add_option("--servers", options.servers, "By name; otherwise all")
      ->delimiter(',');
  verb.add_option("--tool", options.tools, "loadgen, wrk, h2load, ab [loadgen]")
      ->delimiter(',');
  verb.add_option("--manifest", options.manifest,
                  "Servers of your own: without --servers these alone");
  verb.add_option("--models", options.models,
                  "A list of servers in place of the built-in one");
  verb.add_option("--rounds", options.rounds, "Of all servers in turn")
      ->check(CLI::Range(1, kMostRounds));
  add_precision(verb, options);
}

Experiment named_experiment(const RunOptions& options) {
  return options.experiment.empty() ? preset(options.preset)
                                    : read_experiment(options.experiment);
}

Experiment adjusted(Experiment experiment, const RunOptions& options) {
  if (!options.servers.empty()) experiment.servers = options.servers;
  if (options.seed) experiment.seed = *options.seed;
  if (options.precision) experiment.precision = options.precision;
  if (options.ignore_noise) experiment.ignore_noise = true;
  if (options.time_budget.count() > 0) {
    experiment.time_budget_ns = options.time_budget.count();
  }
  auto& workloads = experiment.workloads;
  if (!options.workloads.empty()) {
    workloads = with_names(workloads, options.workloads);
  }
  if (!options.connections.empty()) {
    workloads = with_connections(workloads, options.connections);
  }
  for (WorkloadPlan& plan : workloads) {
    if (options.rounds) plan.rounds = *options.rounds;
    if (options.duration.count() > 0) {
      plan.workload.duration_ns = options.duration.count();
    }
    if (options.warmup.count() >= 0) {
      plan.workload.warmup_ns = options.warmup.count();
    }
  }
  if (!options.tools.empty()) {
    const auto without = left_out(workloads_of(workloads), options.tools);
    workloads = with_tools(workloads, options.tools);
    if (workloads.empty()) {
      throw std::invalid_argument("no workload is left: " +
                                  join(without, "; "));
    }
    require_tools(experiment);
    for (const std::string& sentence : without) {
      if (!options.quiet) fmt::print(stderr, "{}\n", sentence);
    }
  }
  require_tools(experiment);
  return experiment;
}

}  // namespace sockmark
