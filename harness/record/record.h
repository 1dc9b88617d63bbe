// The record of one trial: one line of trials.jsonl, the only joint between
// running and reporting.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sockmark {

inline constexpr int kSchemaVersion = 1;

// Why a trial has figures, or has none. Written in lower case.
enum class TrialStatus {
  ok,
  not_ready,     // no readiness line in time
  wrong_answer,  // the reply before the load was not the expected one
  crashed,       // the server ended before it was told to
  hung,          // the load did not end in time
  failed,        // the load tool failed
  interrupted,   // somebody stopped the run
  unavailable    // this kernel cannot run the server: no fault of anybody
};

// How much a trial's figures can be trusted, and why not more.
struct Verdict {
  enum class Status { valid, suspect, invalid };
  Status status = Status::valid;
  std::vector<std::string> reasons;
};

struct ServerIdentity {
  std::string name;
  std::vector<std::string> argv;
  std::optional<std::string> sha256;         // of the binary
  std::optional<std::string> manifest = {};  // none: built in
  // Of the reply that was checked before the load: head and body.
  std::optional<std::uint64_t> reply_bytes = {};
  std::optional<std::string> family = {};  // as in MODELS: "event", "flawed"
  // Of a comparison: "base" or "head", and the name is "poll@base". Names are
  // taken apart by harness/ab/arm.h alone.
  std::optional<std::string> arm = {};
};

// What is asked of every server alike.
struct Workload {
  std::string name;
  std::string tool = "loadgen";
  int connections = 64;
  bool keep_alive = true;
  std::optional<double> rate_per_second;  // none: closed loop
  std::uint64_t body_bytes = 13;
  std::string work = "none";  // of the handler: "sleep:1ms", "spin:10us"
  std::uint64_t idle_connections = 0;  // open beside the load, and silent
  std::int64_t warmup_ns = 0;
  std::int64_t duration_ns = 0;
};

// The figures of a load tool. What the tool cannot know is absent, never
// estimated. Latencies are in nanoseconds.
struct LoadResult {
  struct Latency {
    std::optional<double> mean, p50, p90, p99, p99_9, max;
  };
  std::optional<double> requests_per_second;  // expected answers only
  std::optional<std::uint64_t> completed;
  std::optional<std::uint64_t> errors;  // all kinds
  std::optional<std::uint64_t> bytes_received;
  std::optional<std::int64_t> measured_ns;
  std::optional<int> connections_served;  // that got at least one answer
  // Over the tool's whole life, warm-up and end included.
  std::optional<std::uint64_t> lifetime_requests;  // sent
  std::optional<std::uint64_t> lifetime_answers;
  std::optional<std::uint64_t> lifetime_connections;
  std::optional<std::string> tool_version;
  Latency latency;
  Verdict verdict;
  std::string json;  // the whole of it, as in loadgen's output
};

// Why a figure is absent: by the name it has in the record.
using AbsenceReasons = std::map<std::string, std::string>;

// What the server's whole process tree used from the start to the end of the
// measured window. Peaks are over the trial so far: the largest of what was
// seen when the server was ready, at both ends of the window and one to three
// times within.
struct Resources {
  // Their sum is exact, how it divides is the kernel's reading of its tick.
  std::optional<std::int64_t> cpu_user_ns;
  std::optional<std::int64_t> cpu_system_ns;
  std::optional<double> cpu_ns_per_request;
  // "cgroup": all that ever ran in it. "schedstat": the clocks of living
  // processes, and in steps of 10 ms the children that they waited for;
  // children that nobody waits for are missing.
  std::optional<std::string> cpu_source = {};
  // Of living threads; absent where some have ended in the window.
  std::optional<std::int64_t> context_switches_voluntary;
  std::optional<std::int64_t> context_switches_involuntary;
  // In a short load of its own.
  std::optional<double> system_calls_per_request = {};
  // Sum of the processes' own peaks, so what they share counts for each: for
  // servers of many processes the PSS is the figure to compare.
  std::optional<std::int64_t> peak_rss_bytes;
  std::optional<std::int64_t> pss_idle_bytes = {};    // ready, before the load
  std::optional<std::int64_t> pss_loaded_bytes = {};  // at the window's end
  std::optional<double> pss_bytes_per_connection = {};
  std::optional<int> threads_peak;
  std::optional<int> processes_peak;
  std::optional<int> fds_peak;

  // What is there after the load and was not before it, 0 where there is less.
  // A pool that grew by design shows as well.
  struct Leaks {
    std::optional<int> fds, threads, processes, zombies;
  };
  Leaks leaked = {};
  AbsenceReasons unavailable = {};
};

// What went on beside the trial while its window was measured.
struct MachineUse {
  std::optional<std::int64_t> window_ns;
  std::optional<int> cpus;  // that were online
  // Of nobody in this trial; at least so much (harness/costs/foreign_cpu.h).
  std::optional<std::int64_t> harness_cpu_ns = {};  // of sockmark itself
  std::optional<std::int64_t> foreign_cpu_ns;
  std::optional<std::int64_t> steal_ns;  // taken by the hypervisor
  std::optional<double>
      cpu_pressure;  // share of the time that some task waited
  // Of the whole network namespace.
  std::optional<std::int64_t> listen_overflows, listen_drops;
  std::optional<std::int64_t> retransmitted_segments;
  std::optional<std::int64_t> time_wait_sockets;  // at the window's end
  AbsenceReasons unavailable = {};
};

// What our own servers say they did while the load tool lived, to be held
// against what that says.
struct ServerCounts {
  std::uint64_t connections_accepted = 0;
  std::uint64_t requests_answered = 0;
};

struct TrialRecord {
  std::string run;
  int index = 0;  // of the trial in the plan
  int round = 0;
  int order = 0;    // in which it was run, within its round
  int attempt = 0;  // counts the re-runs of a round that was disturbed
  std::int64_t started_unix_ns = 0;
  std::int64_t elapsed_ns = 0;
  ServerIdentity server;
  Workload workload;
  TrialStatus status = TrialStatus::ok;
  std::optional<LoadResult> load;  // absent when no load was put on
  Resources resources;             // of the server
  MachineUse machine;
  std::optional<ServerCounts> server_counts;
  // CPU of the load tool's whole life, from wait4(2): known for every tool.
  std::optional<std::int64_t> tool_cpu_ns;
  Verdict verdict;
  std::string error;  // empty, or what went wrong in a line
  std::string stderr_tail;
};

std::string_view to_string(TrialStatus status);
std::string_view to_string(Verdict::Status status);

// A stable fingerprint of what was asked: equal hashes are comparable.
std::string hash_of(const Workload& workload);

// One line, without its line end.
std::string to_json_line(const TrialRecord& record);

// Throws std::runtime_error that says what is wrong with it, such as a newer
// schema.
TrialRecord parse_trial(std::string_view json_line);

// The LoadResult in a load generator's JSON. Throws std::runtime_error.
LoadResult parse_load(std::string_view json);

// All trials in a run's folder, in the order they were run. A last line that
// was cut off by a crash is left out. Throws std::runtime_error that names the
// file and the line.
std::vector<TrialRecord> read_trials(const std::filesystem::path& run_folder);

}  // namespace sockmark
