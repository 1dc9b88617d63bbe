#include "tests/harness/synthetic_history.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cmath>
#include <ctime>
#include <fstream>

#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

constexpr int kRounds = 3;

std::time_t moment_of(const SketchedRun& run) {
  constexpr std::time_t kNoonOfTheFirst = 1'767'268'800;  // 2026-01-01T12:00Z
  constexpr std::time_t kDay = 86'400;
  return kNoonOfTheFirst + run.day * kDay;
}

std::string date_of(const SketchedRun& run) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(moment_of(run)));
}

}  // namespace

double NormalNoise::uniform() {
  // Vigna's splitmix64.
  state_ += 0x9e3779b97f4a7c15;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  z ^= z >> 31;
  return static_cast<double>(z >> 11) * 0x1p-53;
}

double NormalNoise::operator()() {
  constexpr int kTerms = 12;  // whose variances add up to 1
  double sum = 0;
  for (int i = 0; i < kTerms; ++i) sum += uniform();
  return sum - kTerms / 2.0;
}

std::string name_of(const SketchedRun& run) {
  return fmt::format("{:%Y%m%d-%H%M%S}-standard", fmt::gmtime(moment_of(run)));
}

std::string environment_of(const SketchedRun& run) {
  return fmt::format(
      R"({{"schema_version":1,"date":"{}","cpu_model":"EPYC 7B13","cpus":2,)"
      R"("kernel":"{}","git_commit":"{:06}abcdef0123","git_dirty":{},)"
      R"("sockmark_version":"0.1.0","compiler":"GNU 12.2.0",)"
      R"("compiler_flags":"-O2","virtualisation":{{"hypervisor":"kvm",)"
      R"("container":"none"}}}})",
      date_of(run), run.kernel, run.day, run.dirty);
}

std::vector<TrialRecord> trials_of(const SketchedRun& run) {
  std::vector<TrialRecord> trials;
  for (int round = 0; round < kRounds; ++round) {
    for (const auto& [server, cpu_ns] : run.servers) {
      // 1 % below, at and above the median.
      const double value = std::round(cpu_ns * (1 + 0.01 * (round - 1)));
      TrialRecord trial =
          cpu_ns > 0
              ? synthetic_trial(server, {.cpu_ns_per_request = value})
              : failed_trial(server, TrialStatus::crashed, "killed by SIGSEGV");
      trial.run = name_of(run);
      trial.index = static_cast<int>(trials.size());
      trial.round = round;
      trial.started_unix_ns = moment_of(run) * 1'000'000'000;
      trial.server.sha256 = run.sha256;
      trials.push_back(std::move(trial));
    }
  }
  return trials;
}

std::filesystem::path write_run(const std::filesystem::path& results,
                                const SketchedRun& run) {
  auto folder = results / name_of(run);
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "environment.json") << environment_of(run);
  std::ofstream trials(folder / "trials.jsonl");
  std::vector<std::string> lines;
  for (const TrialRecord& trial : trials_of(run)) {
    lines.push_back(to_json_line(trial));
    trials << lines.back() << '\n';
  }
  std::ofstream(folder / "result.json") << fmt::format(
      R"({{"schema_version":1,"interrupted":{},"environment":{},)"
      R"("trials":[{}]}})",
      !run.has_ended, environment_of(run), fmt::join(lines, ","));
  return folder;
}

MeasuredRun measured(const SketchedRun& run, const std::string& metric) {
  return {
      .facts = {.name = name_of(run),
                .date = date_of(run),
                .commit = fmt::format("{:06}abcdef0123", run.day),
                .dirty = run.dirty,
                .machine = fingerprint_of(environment_of(run), name_of(run)),
                .has_ended = run.has_ended},
      .cells = measure(trials_of(run), metric)};
}

std::vector<SketchedRun> sketched_runs(int runs, int slower_from) {
  constexpr double kSpread = 0.02;
  constexpr int kCrashes = 10;
  NormalNoise noise(2026);
  std::vector<SketchedRun> all;
  for (int day = 0; day < runs; ++day) {
    const double step = day >= slower_from ? 1.1 : 1;
    const bool crashes = day % kCrashes == kCrashes - 1;
    const double epoll = 8'600 * step * (1 + kSpread * noise());
    const double poll = 9'800 * (1 + kSpread * noise());
    all.push_back(
        {.day = day,
         .servers = {{"epoll_lt", epoll},
                     {"poll", poll},
                     {"fork", crashes ? 0 : 371'000 * (1 + 0.03 * noise())}},
         .sha256 = std::string(64, day >= slower_from ? 'b' : 'a')});
  }
  return all;
}

}  // namespace sockmark
