#include "tests/harness/synthetic_sweep.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

constexpr int kRounds = 6;
constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::array kNames = {"epoll_lt", "fork",    "iterative", "thread",
                               "select",   "poll",    "epoll_et",  "prefork",
                               "reactors", "io_uring"};

std::string name_of(int server) {
  const auto count = static_cast<int>(kNames.size());
  const std::string name = kNames[static_cast<std::size_t>(server % count)];
  return server < count ? name : name + "_" + std::to_string(server);
}

std::vector<Workload> workloads() {
  Workload base;
  base.name = "long";
  base.duration_ns = 5 * kSecond;
  std::vector<Workload> all;
  for (const int connections : {1, 4, 16, 64, 256, 1024}) {
    all.push_back(base);
    all.back().connections = connections;
  }
  for (const std::uint64_t bytes : {1024u, 65536u, 1048576u}) {
    all.push_back(base);
    all.back().body_bytes = bytes;
  }
  for (const std::uint64_t idle : {0u, 100u, 1000u, 10000u}) {
    all.push_back(base);
    all.back().name = "idle";
    all.back().connections = 10;
    all.back().idle_connections = idle;
  }
  for (const double rate : {1e3, 4e3, 16e3, 64e3}) {
    all.push_back(base);
    all.back().name = "rate";
    all.back().keep_alive = false;
    all.back().rate_per_second = rate;
  }
  return all;
}

// Park and Miller's generator, around 1.
double noise() {
  static std::uint64_t state = 1;
  state = state * 48271 % 2147483647;
  return 1 + 0.04 * (static_cast<double>(state) / 2147483647 - 0.5);
}

double capacity(int server) { return 100e3 / (1 + 0.15 * server); }

Figures figures_of(int server, const Workload& w, double drift) {
  const double load = w.connections / (w.connections + 3.0);
  const double size = 1 + static_cast<double>(w.body_bytes) / 20e3;
  const std::string name = name_of(server);
  const bool scans = name.starts_with("select") || name.starts_with("poll");
  const double scan =
      scans ? 1 + static_cast<double>(w.idle_connections) / 300 : 1;
  double rate = capacity(server) * load / size / scan * noise() * drift;
  double p50 = w.connections / rate * 1e9 * 0.9;
  if (w.rate_per_second) {
    const double use = std::min(0.98, *w.rate_per_second / rate);
    p50 = 2e5 / (1 - use) * noise();
    rate = std::min(rate, *w.rate_per_second);
  }
  return {.requests_per_second = rate,
          .p50_ns = p50,
          .p99_ns = p50 * 2.7 * noise(),
          .cpu_ns_per_request = 9e3 * scan * size * noise(),
          .errors = 0,
          .connections_served = w.connections};
}

TrialRecord trial_of(int server, const Workload& w, double drift,
                     const std::string& histogram) {
  const std::string name = name_of(server);
  if (server == 1 && w.connections >= 256) {
    TrialRecord failed =
        failed_trial(name, TrialStatus::crashed, "killed by SIGSEGV");
    failed.workload = w;
    return failed;
  }
  const Figures figures = figures_of(server, w, drift);
  TrialRecord trial = synthetic_trial(name, figures);
  trial.workload = w;
  auto json = nlohmann::ordered_json::parse(trial.load->json);
  json["bytes"]["received"] = static_cast<std::uint64_t>(
      figures.requests_per_second * 5 * static_cast<double>(w.body_bytes + 65));
  if (!histogram.empty()) json["latency_ns"]["histogram"] = histogram;
  trial.load = parse_load(json.dump());
  auto& used = trial.resources;
  used.cpu_user_ns = 1'000'000 * (2 + server % 3);
  used.cpu_system_ns = 6'000'000;
  used.pss_loaded_bytes =
      2'000'000 + static_cast<std::int64_t>(w.idle_connections) *
                      (name.starts_with("thread") ? 12'000 : 300);
  if (server == 3 && w.name == "long" && w.connections == 64) {
    trial.verdict = {Verdict::Status::suspect, {"the generator was late"}};
  } else if (server == 3 && w.connections == 1) {
    trial.verdict = {Verdict::Status::invalid, {"the counts do not agree"}};
  }
  return trial;
}

}  // namespace

std::vector<TrialRecord> sweep_run(int servers, const std::string& histogram) {
  std::vector<TrialRecord> trials;
  for (int round = 0; round < kRounds; ++round) {
    int order = 0;
    for (const Workload& workload : workloads()) {
      for (int server = 0; server < servers; ++server) {
        TrialRecord trial =
            trial_of(server, workload, 1 - 0.01 * round, histogram);
        trial.index = static_cast<int>(trials.size());
        trial.round = round;
        trial.order = order++;
        trials.push_back(std::move(trial));
      }
    }
  }
  return trials;
}

}  // namespace sockmark
