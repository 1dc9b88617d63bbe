// options → load → tally → verdict → outputs; other verbs have arrows of their
// own.
#include <algorithm>
#include <atomic>
#include <csignal>
#include <exception>
#include <iostream>
#include <vector>

#include "lib/exit_status.h"
#include "lib/stop.h"
#include "loadgen/engine.h"
#include "loadgen/load.h"
#include "loadgen/objective.h"
#include "loadgen/options.h"
#include "loadgen/outputs.h"
#include "loadgen/verbs.h"
#include "loadgen/verdict.h"

using namespace sockmark;

static constexpr int kExitMissed = 3;
static constexpr int kExitInterrupted = 128;  // and the signal

static std::atomic<bool> stop = false;
static std::atomic<int> stopped_by = 0;
static_assert(std::atomic<int>::is_always_lock_free);  // for the handler

// An objective cannot be met by a run that does not count.
static int exit_status(const LoadVerdict& verdict,
                       const std::vector<ObjectiveResult>& objectives) {
  if (stop) return kExitInterrupted + stopped_by;
  if (verdict.status == LoadVerdict::Status::invalid) return kExitFailed;
  const bool all_met = std::all_of(objectives.begin(), objectives.end(),
                                   [](const auto& one) { return one.met; });
  return all_met ? kExitOk : kExitMissed;
}

static int run(LoadSpec spec) {
  for (const int signal : {SIGINT, SIGTERM}) {
    handle_signal(signal, [](int number) {
      stopped_by = number;
      stop = true;
    });
  }
  std::string note;
  spec.engine = choose_engine(spec.engine, note);
  if (!note.empty()) std::cerr << "loadgen: " << note << '\n';

  Outputs outputs(spec);
  IntervalObserver follow;
  if (outputs.follows()) {
    follow = [&](const IntervalRow& row) { outputs.interval(row); };
  }
  const Tally tally = run_load(spec, stop, follow);
  const LoadVerdict verdict = judge(spec, tally, stop);
  std::vector<ObjectiveResult> objectives;
  for (const Objective& one : spec.objectives) {
    objectives.push_back(check(one, tally));
  }
  outputs.finish(tally, verdict, objectives);
  return exit_status(verdict, objectives);
}

int main(int argc, char** argv) {
  try {
    if (argc > 1) {
      if (const Verb* const verb = find_verb(argv[1])) {
        return verb->run(argc - 1, argv + 1);
      }
    }
    LoadSpec spec;
    if (const auto status = parse_options(argc, argv, spec)) return *status;
    return run(std::move(spec));
  } catch (const std::exception& failure) {
    std::cerr << "loadgen: " << failure.what() << '\n';
    return kExitFailed;
  }
}
