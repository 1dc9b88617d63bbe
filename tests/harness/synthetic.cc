#include "tests/harness/synthetic.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace sockmark {
namespace {

constexpr int kRounds = 6;
constexpr std::int64_t kSecond = 1'000'000'000;

struct Model {
  const char* name;
  double short_rate, long_rate;  // requests per second
  double short_cpu_us, long_cpu_us;
};

constexpr std::array kModels = {Model{"iterative", 14'800, 31'200, 29, 24},
                                Model{"fork", 2'450, 0, 371, 0},
                                Model{"thread", 11'900, 88'600, 74, 10.9},
                                Model{"prefork", 17'600, 61'700, 45, 14.1},
                                Model{"pool_queue", 13'100, 79'300, 66, 12.2},
                                Model{"select", 16'900, 92'400, 52, 9.9},
                                Model{"poll", 17'100, 93'100, 51, 9.8},
                                Model{"epoll_lt", 19'800, 104'800, 44, 8.6},
                                Model{"epoll_et", 19'400, 101'200, 45, 8.9}};

// Park and Miller's generator: the standard library's distributions differ
// between implementations.
class Noise {
 public:
  // Around 1, at most `share` away from it.
  double operator()(double share) {
    state_ = state_ * 48271 % 2147483647;
    const double unit = static_cast<double>(state_) / 2147483647;
    return 1 + share * (2 * unit - 1);
  }

 private:
  std::uint64_t state_ = 20240229;
};

Workload workload(bool keep_alive) {
  Workload w;
  w.name = keep_alive ? "long" : "short";
  w.keep_alive = keep_alive;
  w.warmup_ns = kSecond;
  w.duration_ns = 5 * kSecond;
  return w;
}

Figures figures_of(const Model& model, bool keep_alive, Noise& noise) {
  const double rate = keep_alive ? model.long_rate : model.short_rate;
  const double p50 = 64 / rate * 1e9 * 0.92 * noise(0.03);
  Figures figures{
      .requests_per_second = std::round(rate * noise(0.04) * 10) / 10,
      .p50_ns = std::round(p50),
      .p99_ns = std::round(p50 * 2.7 * noise(0.2)),
      .cpu_ns_per_request = std::round(
          1e3 * (keep_alive ? model.long_cpu_us : model.short_cpu_us) *
          noise(0.03))};
  const bool starves = keep_alive && std::string(model.name) == "prefork";
  if (starves) figures.connections_served = 4;
  return figures;
}

TrialRecord sample_trial(const Model& model, bool keep_alive, int round,
                         Noise& noise) {
  const std::string name = model.name;
  if (keep_alive && name == "fork") {
    return failed_trial(name, TrialStatus::crashed, "killed by SIGSEGV");
  }
  TrialRecord trial =
      synthetic_trial(name, figures_of(model, keep_alive, noise));
  if (!keep_alive && name == "poll" && round < 2) {
    trial.verdict = {.status = Verdict::Status::suspect,
                     .reasons = {"other processes used 7 % of a core"}};
  }
  if (keep_alive && name == "thread" && round == 3) {
    trial.verdict = {.status = Verdict::Status::invalid,
                     .reasons = {"the load generator was late"}};
  }
  return trial;
}

}  // namespace

LoadResult synthetic_load(const Figures& f) {
  const double completed = std::round(f.requests_per_second * 5);
  return parse_load(fmt::format(
      R"({{"schema_version":1,)"
      R"("tool":{{"name":"loadgen","version":"0.1.0","engine":"epoll"}},)"
      R"("achieved":{{"connections":64,"measured_ns":5000000000}},)"
      R"("requests":{{"completed":{},"in_flight":0,)"
      R"("errors":{{"connect":0,"timeout":{},"reset":0,"local":null}}}},)"
      R"("connections":{{"served":{}}},"requests_per_second":{},)"
      R"("latency_ns":{{"mean":{},"p50":{},"p90":{},"p99":{},"p99_9":{},)"
      R"("max":{}}},"verdict":{{"status":"valid","reasons":[]}}}})",
      completed, f.errors, f.connections_served, f.requests_per_second,
      std::round(1.1 * f.p50_ns), f.p50_ns,
      std::round((f.p50_ns + f.p99_ns) / 2), f.p99_ns,
      std::round(1.8 * f.p99_ns), std::round(3 * f.p99_ns)));
}

TrialRecord synthetic_trial(const std::string& server, const Figures& figures) {
  TrialRecord trial;
  trial.run = "2026-01-31T120000";
  trial.server = {.name = server,
                  .argv = {"servers/" + server, "--port", "0"},
                  .sha256 = std::nullopt};
  trial.workload = workload(true);
  trial.load = synthetic_load(figures);
  trial.resources.cpu_ns_per_request = figures.cpu_ns_per_request;
  trial.resources.peak_rss_bytes = 3'000'000;
  trial.tool_cpu_ns = 4 * kSecond;
  return trial;
}

TrialRecord failed_trial(const std::string& server, TrialStatus status,
                         const std::string& error) {
  TrialRecord trial = synthetic_trial(server, {});
  trial.status = status;
  trial.error = error;
  trial.load.reset();
  trial.resources = {};
  trial.tool_cpu_ns.reset();
  return trial;
}

std::vector<TrialRecord> sample_run() {
  std::vector<TrialRecord> trials;
  Noise noise;
  for (int round = 0; round < kRounds; ++round) {
    int order = 0;
    for (const bool keep_alive : {false, true}) {
      for (const Model& model : kModels) {
        TrialRecord trial = sample_trial(model, keep_alive, round, noise);
        trial.workload = workload(keep_alive);
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
