#include "harness/trial.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>

#include "harness/child.h"
#include "harness/idle_crowd.h"
#include "harness/sample.h"
#include "harness/server.h"
#include "harness/sha256.h"
#include "harness/text.h"
#include "harness/tool.h"

namespace sockmark {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr seconds kPatience(15);     // beyond the load's own duration
constexpr milliseconds kMargin(50);  // between the samples and the load's ends
constexpr milliseconds kPoll(50);

// Waits for `child`, at most until `deadline`; in slices, to notice `stop`.
std::optional<Ending> await(Child& child, steady_clock::time_point deadline,
                            const std::atomic<bool>& stop) {
  while (!stop) {
    const auto left = deadline - steady_clock::now();
    if (left <= nanoseconds(0)) return std::nullopt;
    if (auto ending = child.wait_for(std::min<nanoseconds>(left, kPoll))) {
      return ending;
    }
  }
  throw TrialFailure(TrialStatus::interrupted, "interrupted");
}

// One life of a load tool, with samples of the server while the load is on.
class LoadRun {
 public:
  LoadRun(const std::vector<std::string>& command, const CpuPlan& cpus,
          const std::atomic<bool>& stop)
      : stop_(stop), child_({.argv = command, .cpus = cpus.load}) {}

  // Samples `group` shortly after `from` and shortly before `until`.
  void sample(pid_t group, nanoseconds from, nanoseconds until) {
    if (until - from <= 2 * kMargin) return;
    if (await(child_, started_ + from + kMargin, stop_)) return;
    const auto first_at = steady_clock::now();
    const GroupUsage first = sample_group(group);
    if (await(child_, started_ + until - kMargin, stop_)) return;
    span_ = steady_clock::now() - first_at;
    const GroupUsage last = sample_group(group);
    used_ = {.cpu_ns = last.cpu_ns - first.cpu_ns,
             .cpu_user_ns = last.cpu_user_ns - first.cpu_user_ns,
             .cpu_system_ns = last.cpu_system_ns - first.cpu_system_ns};
  }

  Ending finish(nanoseconds expected) {
    const auto ending = await(child_, started_ + expected + kPatience, stop_);
    if (ending) return *ending;
    throw TrialFailure(TrialStatus::hung,
                       fmt::format("the load had not ended {} s after its time",
                                   kPatience.count()));
  }

  std::string out() const { return child_.out(); }
  std::string err() const { return child_.err(); }
  const std::optional<GroupUsage>& used() const { return used_; }
  nanoseconds span() const { return span_; }

 private:
  const std::atomic<bool>& stop_;
  Child child_;
  steady_clock::time_point started_ = steady_clock::now();
  std::optional<GroupUsage> used_;
  nanoseconds span_{0};
};

// The samples lie within the measured window, so their rate is that of it.
Resources resources_from(const LoadRun& run, const LoadResult& load) {
  Resources resources;
  if (!run.used()) return resources;
  const double window = static_cast<double>(load.measured_ns.value_or(0)) /
                        static_cast<double>(run.span().count());
  const auto scaled = [window](std::int64_t ns) {
    return static_cast<std::int64_t>(static_cast<double>(ns) * window);
  };
  resources.cpu_user_ns = scaled(run.used()->cpu_user_ns);
  resources.cpu_system_ns = scaled(run.used()->cpu_system_ns);
  if (load.completed.value_or(0) > 0) {
    resources.cpu_ns_per_request = static_cast<double>(run.used()->cpu_ns) *
                                   window /
                                   static_cast<double>(*load.completed);
  }
  return resources;
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

void put_load_on(Server& server, const Workload& workload, const CpuPlan& cpus,
                 const std::atomic<bool>& stop, TrialRecord& record) {
  const LoadTool& tool = find_tool(workload.tool);
  IdleCrowd idle(workload, server.url(), cpus.load, stop);
  const nanoseconds duration(workload.duration_ns);
  nanoseconds warmup(workload.warmup_ns);
  if (tool.warmup_command != nullptr && warmup.count() > 0) {
    LoadRun run(tool.warmup_command(workload, server.url()), cpus, stop);
    run.finish(warmup);
    warmup = nanoseconds(0);
  }
  LoadRun run(tool.command(workload, server.url()), cpus, stop);
  run.sample(server.pid(), warmup, warmup + duration);
  const Ending ending = run.finish(warmup + duration);
  server.require_alive();
  try {
    record.load = tool.parse(run.out());
  } catch (const std::runtime_error& bad) {
    const std::string said = last_line(run.err());
    throw TrialFailure(TrialStatus::failed,
                       said.empty() ? fmt::format("{} ({}): {}", tool.name,
                                                  ending.describe(), bad.what())
                                    : said);
  }
  record.tool_cpu_ns = cpu_ns(ending.usage);
  record.resources = resources_from(run, *record.load);
  record.verdict = record.load->verdict;
  invalidate(record.verdict, idle.end());
}

void doubt(Verdict& verdict, const std::string& reason) {
  if (reason.empty()) return;
  verdict.status = std::max(verdict.status, Verdict::Status::suspect);
  verdict.reasons.push_back(reason);
}

}  // namespace

TrialRecord run_trial(const PlannedTrial& trial, const ServerSpec& spec,
                      const Workload& workload, const CpuPlan& cpus,
                      const std::atomic<bool>& stop) {
  TrialRecord record;
  record.index = trial.index;
  record.round = trial.round;
  record.order = trial.order;
  record.workload = workload;
  record.server = {.name = spec.name,
                   .argv = Server::command(spec, workload),
                   .sha256 = sha256_of_file(spec.command[0])};
  std::optional<Server> server;
  try {
    server.emplace(spec, workload, cpus.server);
    server->await_ready();
    put_load_on(*server, workload, cpus, stop, record);
  } catch (const TrialFailure& failure) {
    record.status = failure.status();
    record.error = failure.what();
  } catch (const std::exception& failure) {
    record.status = TrialStatus::failed;
    record.error = failure.what();
  }
  if (server) {
    const std::string fault = server->stop();
    if (record.status == TrialStatus::ok) doubt(record.verdict, fault);
    record.stderr_tail = server->stderr_tail();
  }
  if (record.status != TrialStatus::ok) {
    record.verdict = {.status = Verdict::Status::invalid,
                      .reasons = {record.error}};
  }
  return record;
}

}  // namespace sockmark
