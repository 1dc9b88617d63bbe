#include "harness/trial/system_call_load.h"

#include <fmt/format.h>

#include <chrono>
#include <stdexcept>

#include "harness/costs/system_calls.h"
#include "harness/process/process_tree.h"
#include "harness/server/server.h"
#include "harness/tool/tool.h"
#include "harness/trial/load_run.h"

namespace sockmark {
namespace {

constexpr std::chrono::milliseconds kDuration(100);

// All that it answered while the calls were counted.
std::uint64_t answers_in(const LoadResult& load) {
  return load.lifetime_answers.value_or(load.completed.value_or(0));
}

}  // namespace

void count_system_calls(const ServerTree& tree, const LoadTarget& target,
                        const Workload& workload, const std::vector<int>& cpus,
                        const std::atomic<bool>& stop, Resources& resources) {
  std::string& why_not = resources.unavailable["system_calls_per_request"];
  const SystemCallCounter counter(
      read_tree_counts(members_of(tree, all_processes())).tasks);
  why_not = counter.why_not();
  if (!why_not.empty()) return;
  Workload brief = workload;
  brief.tool = kLoadgen.name;
  brief.warmup_ns = 0;
  brief.duration_ns = std::chrono::nanoseconds(kDuration).count();
  try {
    LoadRun run(kLoadgen.name, kLoadgen.command(brief, target), cpus, stop);
    run.finish(kDuration);
    const auto calls = counter.count();
    const std::uint64_t answers = answers_in(kLoadgen.parse(run.out()));
    if (calls && answers > 0) {
      resources.system_calls_per_request =
          static_cast<double>(*calls) / static_cast<double>(answers);
      resources.unavailable.erase("system_calls_per_request");
    } else {
      why_not = "the extra load for it had no answer";
    }
  } catch (const TrialFailure& failure) {
    if (failure.status() == TrialStatus::interrupted) throw;
    why_not = fmt::format("the extra load for it: {}", failure.what());
  } catch (const std::exception& failure) {
    why_not = fmt::format("the extra load for it: {}", failure.what());
  }
}

}  // namespace sockmark
