// sockmark run: command line → experiment → run → table and charts.
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <memory>
#include <stdexcept>

#include "harness/cells.h"
#include "harness/installation.h"
#include "harness/plan.h"
#include "harness/progress.h"
#include "harness/run.h"
#include "harness/server_choice.h"
#include "harness/table.h"
#include "harness/terminal.h"
#include "harness/text.h"
#include "harness/tool.h"
#include "harness/verbs.h"
#include "lib/command_line.h"
#include "lib/exit_status.h"
#include "lib/stop.h"

namespace sockmark {
namespace {

std::atomic<bool> stop = false;
static_assert(std::atomic<bool>::is_always_lock_free);  // for the handler

// What the command line said; unset: as the preset has it.
struct RunOptions {
  std::string preset = "standard";
  std::vector<std::string> servers;
  std::vector<std::string> workloads;
  std::vector<int> connections;
  std::vector<std::string> tools = {"loadgen"};
  std::string models_file;
  std::string results = "results";
  int rounds = 0;
  std::uint64_t seed = 1;
  std::chrono::nanoseconds duration{0};
  std::chrono::nanoseconds warmup{-1};
  bool quiet = false;
  bool no_plots = false;
};

std::vector<Workload> chosen(const std::vector<Workload>& workloads,
                             const std::vector<std::string>& names) {
  if (names.empty()) return workloads;
  std::vector<Workload> result;
  for (const std::string& name : names) {
    bool is_known = false;
    for (const Workload& workload : workloads) {
      if (workload.name != name) continue;
      result.push_back(workload);
      is_known = true;
    }
    if (!is_known) {
      throw std::invalid_argument("the preset has no workload named '" + name +
                                  "'");
    }
  }
  return result;
}

std::vector<Workload> with_connections(const std::vector<Workload>& workloads,
                                       const std::vector<int>& counts) {
  if (counts.empty()) return workloads;
  std::vector<Workload> result;
  for (const int count : counts) {
    for (Workload workload : workloads) {
      workload.connections = count;
      result.push_back(workload);
    }
  }
  return result;
}

Experiment experiment_from(const RunOptions& options) {
  Experiment experiment = preset(options.preset);
  experiment.servers = options.servers;
  experiment.seed = options.seed;
  if (options.rounds > 0) experiment.rounds = options.rounds;
  const std::vector<Workload> asked = with_connections(
      chosen(experiment.workloads, options.workloads), options.connections);
  experiment.workloads = with_tools(asked, options.tools);
  const std::vector<std::string> without = left_out(asked, options.tools);
  if (experiment.workloads.empty()) {
    throw std::invalid_argument(join(without, "; "));
  }
  for (const std::string& sentence : without) {
    std::fprintf(stderr, "%s\n", sentence.c_str());
  }
  for (Workload& workload : experiment.workloads) {
    if (options.duration.count() > 0) {
      workload.duration_ns = options.duration.count();
    }
    if (options.warmup.count() >= 0) {
      workload.warmup_ns = options.warmup.count();
    }
    const LoadTool& tool = find_tool(workload.tool);
    require_tool(tool);
    tool.command(workload, {.url = "http://127.0.0.1/",
                            .expected_body = {}});  // refuses what it cannot do
  }
  return experiment;
}

void announce(const Experiment& experiment, std::size_t servers,
              const RunFolder& folder) {
  const auto plan = plan_trials(servers, experiment);
  std::fprintf(
      stderr,
      "%s: %zu servers, %zu workloads, %d rounds: %zu trials, about %s\n",
      experiment.name.c_str(), servers, experiment.workloads.size(),
      experiment.rounds, plan.size(),
      format_left(expected_duration(plan, experiment)).c_str());
  std::fprintf(stderr, "recording to %s\n", folder.path().c_str());
}

int exit_status(const std::vector<TrialRecord>& trials) {
  if (stop) return kExitInterrupted;
  for (const TrialRecord& trial : trials) {
    if (trial.status != TrialStatus::ok &&
        trial.status != TrialStatus::unavailable) {
      return kExitServerFailed;
    }
  }
  return kExitOk;
}

int run(const RunOptions& options) {
  const Experiment experiment = experiment_from(options);
  const auto file = options.models_file.empty()
                        ? installation().servers / "MODELS"
                        : std::filesystem::path(options.models_file);
  const auto models = select_servers(read_models(file), experiment.servers);
  RunFolder folder(options.results, experiment.name);
  if (!options.quiet) announce(experiment, models.size(), folder);
  for (const int signal : {SIGINT, SIGTERM}) {
    handle_signal(signal, [](int) { stop = true; });
  }
  const auto trials =
      run_experiment(experiment, models, folder, options.quiet, stop);
  const std::string table = terminal_table(
      group_cells(trials), {.width = terminal_width(STDOUT_FILENO),
                            .colour = wants_colour(STDOUT_FILENO)});
  std::fputs(table.c_str(), stdout);
  if (!options.no_plots && !stop) draw_charts(folder.path());
  return exit_status(trials);
}

}  // namespace

void add_run(CLI::App& app, Action& action) {
  const auto options = std::make_shared<RunOptions>();
  CLI::App* const verb =
      app.add_subcommand("run", "Measure servers, record, draw charts");
  verb->add_option("--preset", options->preset, "quick or standard")
      ->capture_default_str();
  verb->add_option("--servers", options->servers, "By name; otherwise all")
      ->delimiter(',');
  verb->add_option("--workload", options->workloads,
                   "short (a connection per request), long (kept alive)")
      ->delimiter(',');
  verb->add_option("--connections", options->connections, "Open at once")
      ->delimiter(',')
      ->check(CLI::Range(1, 1'000'000));
  verb->add_option("--tool", options->tools, "loadgen, wrk, h2load, ab")
      ->delimiter(',')
      ->capture_default_str();
  verb->add_option("--rounds", options->rounds, "Of all servers in turn")
      ->check(CLI::Range(1, 1000));
  add_duration(*verb, "--duration", options->duration, "Of each measurement");
  add_duration(*verb, "--warmup", options->warmup, "Before each measurement");
  verb->add_option("--seed", options->seed, "Of the order of the trials")
      ->capture_default_str();
  verb->add_option("--models", options->models_file,
                   "A list of servers in place of the built-in one");
  verb->add_option("--results", options->results, "Folder of the runs")
      ->capture_default_str();
  verb->add_flag("--no-plots", options->no_plots, "Draw no charts");
  verb->add_flag("--quiet", options->quiet, "Print the table only");
  verb->callback(
      [options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace sockmark
