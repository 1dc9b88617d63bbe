#include "harness/trial/trial.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "harness/costs/cgroup.h"
#include "harness/costs/costs.h"
#include "harness/process/sha256.h"
#include "harness/server/server.h"
#include "harness/text/text.h"
#include "harness/tool/tool.h"
#include "harness/trial/idle_crowd.h"
#include "harness/trial/load_run.h"
#include "harness/trial/system_call_load.h"
#include "harness/verdict/verdict.h"

namespace sockmark {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;
using std::chrono::system_clock;

// Left to a server when somebody waits for us to end.
constexpr milliseconds kHurriedGrace(300);

ServerTree tree_of(const Server& server) {
  return {.program = server.pid(), .supervisor = server.supervisor()};
}

std::int64_t cpu_ns(const rusage& usage) {
  const auto ns = [](const timeval& time) {
    return std::int64_t{time.tv_sec} * 1'000'000'000 +
           std::int64_t{time.tv_usec} * 1000;
  };
  return ns(usage.ru_utime) + ns(usage.ru_stime);
}

void invalidate(Verdict& verdict, const std::string& reason) {
  if (reason.empty()) return;
  verdict.status = Verdict::Status::invalid;
  verdict.reasons.push_back(reason);
}

LoadResult parse(const LoadTool& tool, const LoadRun& run,
                 const Ending& ending) {
  try {
    return read_load(tool, run.out());
  } catch (const std::runtime_error& bad) {
    const std::string said = last_line(run.err());
    throw TrialFailure(TrialStatus::failed,
                       said.empty() ? fmt::format("{} ({}): {}", tool.name,
                                                  ending.describe(), bad.what())
                                    : said);
  }
}

void put_load_on(Server& server, const Workload& workload, const CpuPlan& cpus,
                 Costs& costs, const std::atomic<bool>& stop,
                 TrialRecord& record) {
  const LoadTool& tool = find_tool(workload.tool);
  const nanoseconds duration(workload.duration_ns);
  nanoseconds warmup(workload.warmup_ns);
  if (tool.warmup_command != nullptr && warmup.count() > 0) {
    LoadRun run(tool.name, tool.warmup_command(workload, server.target()),
                cpus.load, stop);
    run.finish(warmup);
    warmup = nanoseconds(0);
  }
  IdleCrowd idle(workload, server.url(), cpus.load, stop);
  const auto counts_before = server.counts();
  LoadRun run(tool.name, tool.command(workload, server.target()), cpus.load,
              stop);
  run.observe(warmup, warmup + duration,
              {.window_starts = [&] { costs.window_starts(); },
               .within_window = [&] { costs.within_window(); },
               .window_ends =
                   [&] {
                     costs.window_ends();
                     costs.read_loaded_memory();
                     if (run.is_over()) costs.forget_loaded_memory();
                   }});
  const Ending ending = run.finish(warmup + duration);
  record.server_counts = counted_between(counts_before, server.counts());
  server.require_alive();
  record.load = parse(tool, run, ending);
  record.tool_cpu_ns = cpu_ns(ending.usage);
  invalidate(record.verdict, idle.end());
}

// All between the server's readiness and its end.
void measure(Server& server, const PlannedTrial& trial, const CpuPlan& cpus,
             const Cgroup& cgroup, const std::atomic<bool>& stop,
             TrialRecord& record) {
  const ServerTree tree = tree_of(server);
  Costs costs(tree, cgroup);
  put_load_on(server, record.workload, cpus, costs, stop, record);
  costs.load_ended();
  record.resources =
      resources_from(costs.readings(), record.workload, *record.load);
  record.machine =
      machine_from(costs.readings(), record.workload, *record.load);
  if (trial.count_system_calls) {
    count_system_calls(tree, server.target(), record.workload, cpus.load, stop,
                       record.resources);
    server.require_alive();
  } else {
    record.resources.unavailable["system_calls_per_request"] =
        "not counted in this trial: it takes a load of its own";
  }
}

void doubt(Verdict& verdict, const std::string& reason) {
  if (reason.empty()) return;
  verdict.status = std::max(verdict.status, Verdict::Status::suspect);
  verdict.reasons.push_back(reason);
}

void end(Server& server, const std::atomic<bool>& stop, TrialRecord& record) {
  const std::string fault = stop ? server.stop(kHurriedGrace) : server.stop();
  if (record.status == TrialStatus::ok) doubt(record.verdict, fault);
  record.stderr_tail = server.stderr_tail();
}

// Of a trial that failed because we were told to stop.
void blame(TrialStatus status, const std::string& error,
           const std::atomic<bool>& stop, TrialRecord& record) {
  record.status = stop ? TrialStatus::interrupted : status;
  record.error = stop ? "interrupted" : error;
}

}  // namespace

TrialRecord run_trial(const PlannedTrial& trial, const ServerSpec& spec,
                      const CpuPlan& cpus, const std::atomic<bool>& stop) {
  const Workload& workload = trial.workload;
  const auto started = steady_clock::now();
  TrialRecord record;
  record.started_unix_ns =
      nanoseconds(system_clock::now().time_since_epoch()).count();
  record.index = trial.index;
  record.round = trial.round;
  record.order = trial.order;
  record.attempt = trial.attempt;
  record.workload = workload;
  record.server = {.name = spec.name,
                   .argv = Server::command(spec, workload),
                   .sha256 = sha256_of_program(spec.command[0], spec.cwd)};
  if (!spec.family.empty()) record.server.family = spec.family;
  if (!spec.arm.empty()) record.server.arm = spec.arm;
  if (!spec.is_built_in()) record.server.manifest = spec.manifest.string();
  const Cgroup cgroup;  // ends after the server
  std::optional<Server> server;
  try {
    server.emplace(spec, workload, cpus.server, cgroup.path());
    server->await_ready(stop);
    record.server.reply_bytes = server->reply_bytes();
    measure(*server, trial, cpus, cgroup, stop, record);
  } catch (const TrialFailure& failure) {
    blame(failure.status(), failure.what(), stop, record);
  } catch (const std::exception& failure) {
    blame(TrialStatus::failed, failure.what(), stop, record);
  }
  if (server) end(*server, stop, record);
  server.reset();
  record.verdict = judge_trial(record, cpus);
  record.elapsed_ns = nanoseconds(steady_clock::now() - started).count();
  return record;
}

std::chrono::nanoseconds longest_trial(const ServerSpec& spec,
                                       const Workload& workload) {
  constexpr seconds kReading(5);  // of /proc, sha256, and waits for leaks
  constexpr seconds kKilling(10);
  constexpr milliseconds kCallCount(100);
  const nanoseconds loads =
      nanoseconds(workload.warmup_ns + workload.duration_ns) + kCallCount +
      3 * LoadRun::kPatience;  // a warm-up, the load, one to count calls
  return spec.ready_timeout + loads + spec.stop_grace + kReading + kKilling;
}

}  // namespace sockmark
