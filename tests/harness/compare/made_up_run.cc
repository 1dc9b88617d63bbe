#include "tests/harness/compare/made_up_run.h"

#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

using Json = nlohmann::ordered_json;

}  // namespace

std::string made_up_environment(const std::string& changes) {
  Json json = {
      {"schema_version", 1},
      {"date", "2026-01-31T12:00:00Z"},
      {"cpu_model", "Imaginary 9000"},
      {"cpus", 2},
      {"cpus_of_server", {0}},
      {"cpus_of_load", {1}},
      {"kernel", "6.1.0-18-amd64"},
      {"architecture", "x86_64"},
      {"git_commit", "0123456789ab"},
      {"git_dirty", false},
      {"sockmark_version", "0.1.0"},
      {"compiler", "GNU 12.2.0"},
      {"compiler_flags", "-O3 -DNDEBUG"},
      {"libc", "glibc 2.36"},
      {"cgroup", {{"cpus", nullptr}}},
      {"virtualisation", {{"hypervisor", "kvm"}, {"container", "none"}}},
      {"binaries_sha256", {{"loadgen", "aa"}}}};
  json.merge_patch(Json::parse(changes));
  return json.dump(2);
}

std::vector<TrialRecord> made_up_trials(const std::string& server, int rounds,
                                        double factor) {
  constexpr std::array kNoise = {1.0,   1.012, 0.991, 1.004, 0.985,
                                 1.018, 0.997, 1.007, 0.994, 1.001};
  std::vector<TrialRecord> trials;
  for (int round = 0; round < rounds; ++round) {
    const double noise =
        kNoise.at(static_cast<std::size_t>(round) % kNoise.size());
    TrialRecord trial =
        synthetic_trial(server, {.requests_per_second = 10'000 / factor / noise,
                                 .p50_ns = 1e6 * factor * noise,
                                 .p99_ns = 5e6 * factor * noise,
                                 .cpu_ns_per_request = 20e3 * factor * noise});
    trial.round = round;
    trial.index = round;
    trials.push_back(trial);
  }
  return trials;
}

std::vector<TrialRecord> made_up_pair(int rounds, double factor) {
  auto trials = made_up_trials("poll", rounds, factor);
  for (const TrialRecord& trial : made_up_trials("epoll_lt", rounds)) {
    trials.push_back(trial);
  }
  return trials;
}

std::string made_up_result(const std::string& run,
                           const std::string& environment,
                           const std::vector<TrialRecord>& trials) {
  Json json = {{"schema_version", 1},
               {"run", run},
               {"interrupted", false},
               {"disturbed_blocks", Json::array()},
               {"environment", Json::parse(environment)},
               {"trials", Json::array()}};
  for (const TrialRecord& trial : trials) {
    json["trials"].push_back(Json::parse(to_json_line(trial)));
  }
  return json.dump(1);
}

std::string store(const TemporaryFolder& folder, const std::string& run,
                  const std::string& environment,
                  const std::vector<TrialRecord>& trials) {
  std::filesystem::create_directory(folder.path() / run);
  std::string lines;
  for (const TrialRecord& trial : trials) lines += to_json_line(trial) + "\n";
  folder.write(run + "/environment.json", environment);
  folder.write(run + "/trials.jsonl", lines);
  folder.write(run + "/result.json", made_up_result(run, environment, trials));
  return (folder.path() / run).string();
}

}  // namespace sockmark
