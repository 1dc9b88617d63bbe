#include "tests/harness/exports/odd_run.h"

#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

constexpr int kRounds = 6;

class Trials {
 public:
  // One per round, as `change` makes them of plain ones.
  template <typename Change>
  void add(const std::string& server, Change change) {
    for (int round = 0; round < kRounds; ++round) {
      TrialRecord trial = synthetic_trial(
          server, {.requests_per_second = 10'000.0 + 100 * round});
      trial.index = static_cast<int>(trials_.size());
      trial.round = round;
      trial.elapsed_ns = 6'000'000'000;
      change(trial);
      trials_.push_back(std::move(trial));
    }
  }

  void add(const std::string& server) {
    add(server, [](TrialRecord&) {});
  }

  std::vector<TrialRecord> take() { return std::move(trials_); }

 private:
  std::vector<TrialRecord> trials_;
};

void fail(TrialRecord& trial, TrialStatus status, const std::string& error) {
  const TrialRecord plain = std::move(trial);
  trial = failed_trial(plain.server.name, status, error);
  trial.index = plain.index;
  trial.round = plain.round;
}

void add_workloads(Trials& trials) {
  trials.add("poll", [](TrialRecord& t) { t.workload.connections = 128; });
  trials.add("poll", [](TrialRecord& t) { t.workload.tool = "wrk"; });
  trials.add("poll", [](TrialRecord& t) {
    t.workload.name = "rate";
    t.workload.rate_per_second = 2000;
  });
  trials.add("poll", [](TrialRecord& t) {
    t.workload.body_bytes = 1024;
    t.workload.work = "spin:10us";
    t.workload.idle_connections = 500;
  });
  trials.add("poll", [](TrialRecord& t) {
    t.workload.name = "a \"b\" <c> & 'd', \\e|f`g";
  });
}

void add_failures(Trials& trials) {
  trials.add("dead", [](TrialRecord& t) {
    fail(t, TrialStatus::crashed, "said \"no\x01\" & <died>,\ntwice \\ ]]>");
  });
  trials.add("weak", [](TrialRecord& t) {
    if (t.round == 3) fail(t, TrialStatus::crashed, "killed by SIGSEGV");
  });
  trials.add("absent", [](TrialRecord& t) {
    fail(t, TrialStatus::unavailable, "no io_uring here");
  });
  trials.add("untrue", [](TrialRecord& t) {
    t.verdict = {.status = Verdict::Status::invalid,
                 .reasons = {"the generator was late"}};
  });
  trials.add("mute", [](TrialRecord& t) {
    t.load = parse_load(R"({"requests_per_second":0,
                            "requests":{"completed":0}})");
    t.resources = {};
  });
  trials.add("unknown_cpu",
             [](TrialRecord& t) { t.resources.cpu_ns_per_request.reset(); });
}

}  // namespace

const char* const kOddServer = "o'dd<&\"\\,|`>\n\x02é";

ExportedRun exported_run(std::vector<TrialRecord> trials) {
  ExportedRun run;
  run.name = "20260131-120000-test";
  run.provenance = "Some <CPU>, 2 CPUs";
  run.groups = group_cells(trials);
  run.trials = std::move(trials);
  run.machine.date = "2026-01-31T12:00:00Z";
  run.machine.cpu_model = "Some <CPU>";
  run.machine.kernel = "6.1";
  run.machine.commit = "0123456789ab";
  run.machine.version = "0.1.0";
  run.machine.build_type = "Release";
  run.machine.governor = "performance";
  run.machine.command = "sockmark run `x`";
  run.machine.cpus = 2;
  run.machine.clock_hz = 2.5e9;
  run.machine.randomizes_addresses = true;
  run.machine.load_average = {0.5, 0.25, 0.125};
  run.machine.caches = {
      {.level = 1, .type = "Data", .size_bytes = 32768, .cpus = 1}};
  return run;
}

std::vector<TrialRecord> odd_trials() {
  Trials trials;
  trials.add("poll");
  trials.add(kOddServer);
  trials.add("doubtful", [](TrialRecord& t) {
    t.verdict = {.status = Verdict::Status::suspect,
                 .reasons = {"others used 7 % of a core & more"}};
  });
  add_workloads(trials);
  add_failures(trials);
  return trials.take();
}

}  // namespace sockmark
