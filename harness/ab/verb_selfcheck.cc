// sockmark selfcheck: can the gate be trusted on this machine?
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <memory>
#include <stdexcept>

#include "harness/ab/arm.h"
#include "harness/ab/arms_run.h"
#include "harness/ab/output_file.h"
#include "harness/ab/selfcheck.h"
#include "harness/ab/selfcheck_report.h"
#include "harness/exit_statuses.h"
#include "harness/experiment_file.h"
#include "harness/installation.h"
#include "harness/model.h"
#include "harness/run_lock.h"
#include "harness/run_options.h"
#include "harness/server_choice.h"
#include "harness/verbs.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;
using std::chrono::nanoseconds;

constexpr int kQuickGates = 2;
constexpr int kCalibrationRounds = 4;

struct SelfcheckOptions {
  std::string server = "epoll_lt";
  int gates = 5;
  bool quick = false;
  double slowdown = 0.10;
  std::string json;
  RunOptions run = {};
};

// Thrown to leave all the loops.
struct Interrupted {};

class Checking {
 public:
  Checking(const SelfcheckOptions& options, ServerSpec server,
           Experiment experiment)
      : options_(options),
        server_(std::move(server)),
        experiment_(std::move(experiment)),
        folder_(fs::path(options.run.results) /
                fmt::format("{:%Y%m%d-%H%M%S}-selfcheck",
                            fmt::gmtime(std::time(nullptr)))) {}

  Selfcheck run() {
    std::vector<TimedComparison> alike;
    for (int i = 0; i < options_.gates; ++i) {
      alike.push_back(gate("alike", "", experiment_));
    }
    const std::string work = slowing_work(alike);
    std::vector<TimedComparison> slowed;
    for (int i = 0; i < options_.gates && !work.empty(); ++i) {
      slowed.push_back(gate("slowed", work, experiment_));
    }
    Selfcheck check = examined(alike, slowed);
    check.server = server_.name;
    check.workload = experiment_.workloads[0].workload;
    check.slowdown = options_.slowdown;
    check.work = work;
    return check;
  }

  const fs::path& folder() const { return folder_; }
  int signal() const { return interruption_.signal(); }

 private:
  // The server against itself, which does `work` on the new side.
  TimedComparison gate(const std::string& name, const std::string& work,
                       Experiment experiment) {
    ServerSpec head = server_;
    if (!work.empty()) {
      head.command.insert(head.command.end(), {"--work", work});
    }
    experiment.seed += ++gates_run_;  // another order
    ArmsRun run = {.matchup = matched(experiment, {server_}, {head}),
                   .arms = {.base = {server_.name, "itself"},
                            .head = {server_.name, work},
                            .identical = {},
                            .notes = {}},
                   .setup = {},
                   .description = {}};
    run.setup = setup_of(run.matchup);
    run.description = describe(run.setup);
    RunFolder folder(folder_, name, run.description);
    say(fmt::format("{}: {}", name, folder.path().string()));
    const auto started = std::chrono::steady_clock::now();
    auto comparison = run_arms(run, folder, options_.run.quiet, interruption_);
    if (!comparison) throw Interrupted();
    return {.comparison = std::move(*comparison),
            .took = std::chrono::steady_clock::now() - started};
  }

  // What slows the server by the share that was asked for, as found out by
  // trying. Empty where its CPU is not known.
  std::string slowing_work(const std::vector<TimedComparison>& alike) {
    const auto cpu_ns = base_cpu_ns(alike);
    if (!cpu_ns) return "";
    const nanoseconds tried =
        corrected_spin(*cpu_ns, options_.slowdown, nanoseconds(0), 0);
    Experiment few = experiment_;
    for (WorkloadPlan& plan : few.workloads) plan.rounds = kCalibrationRounds;
    const auto added = added_share(
        {gate("calibration", fmt::format("spin:{}ns", tried.count()), few)});
    if (!added) return "";
    const nanoseconds spin =
        corrected_spin(*cpu_ns, options_.slowdown, tried, *added);
    return fmt::format("spin:{}ns", spin.count());
  }

  void say(const std::string& line) const {
    if (!options_.run.quiet) fmt::print(stderr, "{}\n", line);
  }

  const SelfcheckOptions& options_;
  ServerSpec server_;
  Experiment experiment_;
  fs::path folder_;
  Interruption interruption_;
  std::uint64_t gates_run_ = 0;
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

int check(SelfcheckOptions options) {
  if (options.quick) options.gates = kQuickGates;
  const ServerSpec server = server_named(options.server);
  const Experiment experiment = experiment_of(options);
  if (options.run.dry_run) {
    fmt::print("{} gates of {} against itself and {} slowed, each:\n{}\n",
               options.gates, server.name, options.gates,
               summary_of(matched(experiment, {server}, {server})));
    return kExitOk;
  }
  require_writable(options.json);
  const RunLock lock;
  Checking checking(options, server, experiment);
  try {
    const Selfcheck found = checking.run();
    fmt::print("{}", to_text(found));
    std::fflush(stdout);
    write_output((checking.folder() / "selfcheck.json").string(),
                 to_json(found));
    write_output(options.json, to_json(found));
    return can_be_trusted(found) ? kExitOk : kExitTooNoisy;
  } catch (const Interrupted&) {
    return exit_status_of_signal(checking.signal());
  }
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
