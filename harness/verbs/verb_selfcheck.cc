// sockmark selfcheck: can the gate be trusted on this machine?
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cstdio>
#include <ctime>
#include <filesystem>
#include <memory>
#include <stdexcept>

#include "harness/ab/arms_run.h"
#include "harness/ab/output_file.h"
#include "harness/ab/selfcheck_report.h"
#include "harness/ab/selfcheck_run.h"
#include "harness/plan/experiment_file.h"
#include "harness/plan/run_options.h"
#include "harness/process/exit_statuses.h"
#include "harness/process/installation.h"
#include "harness/process/run_lock.h"
#include "harness/server/model.h"
#include "harness/server/server_choice.h"
#include "harness/verbs/verbs.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;

constexpr int kQuickGates = 2;

struct SelfcheckOptions {
  std::string server = "epoll_lt";
  int gates = 5;
  bool quick = false;
  double slowdown = 0.10;
  std::string json;
  RunOptions run = {};
};

ServerSpec server_named(const std::string& name) {
  return select_servers(read_models(installation().servers / "MODELS"), {name})
      .front();
}

Experiment experiment_of(const SelfcheckOptions& options) {
  Experiment experiment = adjusted(named_experiment(options.run), options.run);
  if (experiment.workloads.size() != 1) {
    throw std::invalid_argument(
        "selfcheck measures one workload: name it with --workload");
  }
  if (experiment.workloads[0].workload.work != Workload().work) {
    throw std::invalid_argument(
        "selfcheck gives the server work of its own: leave the workload's out");
  }
  experiment.servers = {options.server};
  experiment.workloads[0].servers.clear();
  return experiment;
}

fs::path folder_in(const std::string& results) {
  return fs::path(results) / fmt::format("{:%Y%m%d-%H%M%S}-selfcheck",
                                         fmt::gmtime(std::time(nullptr)));
}

int check(const SelfcheckOptions& options) {
  const SelfcheckPlan plan = {
      .server = server_named(options.server),
      .experiment = experiment_of(options),
      .gates = options.quick ? kQuickGates : options.gates,
      .slowdown = options.slowdown,
      .folder = folder_in(options.run.results),
      .quiet = options.run.quiet};
  if (options.run.dry_run) {
    fmt::print(
        "gates of {}: {} against itself, {} slowed; each:\n{}\n",
        plan.server.name, plan.gates, plan.gates,
        summary_of(matched(plan.experiment, {plan.server}, {plan.server})));
    return kExitOk;
  }
  require_writable(options.json);
  const RunLock lock;
  const Interruption interruption;
  const auto found = run_selfcheck(plan, interruption);
  if (!found) {
    fmt::print(stderr,
               "sockmark: interrupted: nothing is found out; what was measured "
               "is in {}\n",
               plan.folder.string());
    return exit_status_of_signal(interruption.signal());
  }
  fmt::print("{}", to_text(*found));
  std::fflush(stdout);
  write_output((plan.folder / "selfcheck.json").string(), to_json(*found));
  write_output(options.json, to_json(*found));
  if (has_failed(*found)) return kExitServerFailed;
  return can_be_trusted(*found) ? kExitOk : kExitTooNoisy;
}

void add_slowdown(CLI::App& verb, SelfcheckOptions& options) {
  verb.add_option_function<std::string>(
          "--slowdown",
          [&options](const std::string& text) {
            try {
              options.slowdown = parse_percentage(text);
            } catch (const std::invalid_argument& bad) {
              throw CLI::ValidationError("--slowdown", bad.what());
            }
          },
          "In CPU per request, of the slowed gates [10%]")
      ->type_name("PERCENTAGE");
}

}  // namespace

void add_selfcheck(CLI::App& app, Action& action) {
  const auto options = std::make_shared<SelfcheckOptions>();
  options->run.preset = "selfcheck";
  CLI::App* const verb = app.add_subcommand(
      "selfcheck", "Can the gate be trusted on this machine?");
  verb->add_option("--server", options->server, "Of the built-in ones")
      ->capture_default_str();
  verb->add_option("--gates", options->gates,
                   "Against itself, and as many slowed")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  verb->add_flag("--quick", options->quick, "2 gates of each kind");
  add_slowdown(*verb, *options);
  verb->add_option("--rounds", options->run.rounds,
                   "Pairs of a gate; as many again where something is open")
      ->check(CLI::Range(1, kMostRounds / 2));
  verb->add_option("--json", options->json, "Write what was found there")
      ->type_name("FILE");
  add_load_options(*verb, options->run);
  verb->callback(
      [options, &action] { action = [options] { return check(*options); }; });
}

}  // namespace sockmark
