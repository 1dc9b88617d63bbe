#include "harness/trial/load_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "harness/record/record.h"
#include "harness/server/server.h"

namespace sockmark {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::steady_clock;

constexpr milliseconds kMargin(50);

// Between the window's ends. A look may take 2 ms of this process: with one a
// second, and no more than three, it stays below 1 % of a core.
constexpr std::int64_t kMostLooks = 3;
constexpr std::chrono::seconds kPerLook(1);

constexpr milliseconds kSlice(50);

// Waits for `child`, at most until `deadline`; in slices, to notice `stop`.
std::optional<Ending> await(Child& child, steady_clock::time_point deadline,
                            const std::atomic<bool>& stop) {
  while (!stop) {
    const auto left = deadline - steady_clock::now();
    if (left <= nanoseconds(0)) return child.wait_for(nanoseconds(0));
    if (auto ending = child.wait_for(std::min<nanoseconds>(left, kSlice))) {
      return ending;
    }
  }
  throw TrialFailure(TrialStatus::interrupted, "interrupted");
}

}  // namespace

LoadRun::LoadRun(std::string tool, const std::vector<std::string>& command,
                 const std::vector<int>& cpus, const std::atomic<bool>& stop)
    : tool_(std::move(tool)),
      stop_(stop),
      child_({.argv = command, .cpus = cpus}),
      started_(steady_clock::now()) {}

bool LoadRun::lives_until(steady_clock::time_point when) {
  return !await(child_, when, stop_);
}

void LoadRun::observe(nanoseconds from, nanoseconds until,
                      const LoadMoments& moments) {
  const nanoseconds length = until - from - 2 * kMargin;
  if (length <= nanoseconds(0)) return;
  const auto first = started_ + from + kMargin;
  if (!lives_until(first)) return;
  moments.window_starts();
  const auto looks = std::clamp<std::int64_t>(length / kPerLook, 1, kMostLooks);
  for (std::int64_t look = 1; look <= looks; ++look) {
    if (!lives_until(first + look * length / (looks + 1))) return;
    moments.within_window();
  }
  if (lives_until(first + length)) moments.window_ends();
}

Ending LoadRun::finish(nanoseconds expected, nanoseconds patience) {
  if (const auto ending =
          await(child_, started_ + expected + patience, stop_)) {
    return *ending;
  }
  const std::chrono::duration<double> waited = patience;
  throw TrialFailure(
      TrialStatus::hung,
      fmt::format("{} had not ended {:g} s after its time and was killed",
                  tool_, waited.count()));
}

}  // namespace sockmark
