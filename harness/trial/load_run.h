// One life of a load tool.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "harness/process/child.h"

namespace sockmark {

// What is done while the load is on. The load itself goes on meanwhile.
struct LoadMoments {
  std::function<void()> window_starts;
  std::function<void()> within_window;  // one to three times
  std::function<void()> window_ends;
};

class LoadRun {
 public:
  // How long a tool may take beyond its load's duration, for its start, its
  // last replies and its report.
  static constexpr std::chrono::seconds kPatience{15};

  // Starts it. `tool` is its name in messages. Throws std::system_error if it
  // cannot be run.
  LoadRun(std::string tool, const std::vector<std::string>& command,
          const std::vector<int>& cpus, const std::atomic<bool>& stop);

  // Has the moments happen: 50 ms after `from` and 50 ms before `until`, which
  // count from the tool's start. Skips those that the load does not live to
  // see, and all where the window is too short for the margins. Throws
  // TrialFailure (interrupted) soon after `stop` is set.
  void observe(std::chrono::nanoseconds from, std::chrono::nanoseconds until,
               const LoadMoments& moments);

  bool is_over() { return child_.wait_for({}).has_value(); }

  // Waits until it ends. Throws TrialFailure: hung, when it has not ended
  // `patience` after `expected` since its start; interrupted. It is killed
  // then.
  Ending finish(std::chrono::nanoseconds expected,
                std::chrono::nanoseconds patience = kPatience);

  std::string out() const { return child_.out(); }
  std::string err() const { return child_.err(); }

 private:
  bool lives_until(std::chrono::steady_clock::time_point when);

  std::string tool_;
  const std::atomic<bool>& stop_;
  Child child_;
  std::chrono::steady_clock::time_point started_;
};

}  // namespace sockmark
