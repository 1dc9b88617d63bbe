// One server under test: started, awaited, verified, stopped.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "harness/process/child.h"
#include "harness/process/process_tree.h"
#include "harness/record/record.h"
#include "harness/server/server_counters.h"
#include "harness/server/server_spec.h"
#include "harness/server/verify.h"
#include "harness/tool/load_target.h"

namespace sockmark {

// A trial that ended early, with the status to record.
class TrialFailure : public std::runtime_error {
 public:
  TrialFailure(TrialStatus status, const std::string& what)
      : std::runtime_error(what), status_(status) {}
  TrialStatus status() const { return status_; }

 private:
  TrialStatus status_;
};

// For those that nobody interrupts.
inline const std::atomic<bool> kNeverStopped = false;

class Server {
 public:
  // The command line of `spec` for `workload`, as it is recorded: "{port}"
  // stands in it where one is given; without what is of this process alone.
  static std::vector<std::string> command(const ServerSpec& spec,
                                          const Workload& workload);

  // Starts it. Throws std::system_error if it cannot be run, and TrialFailure
  // if its fixed port is taken.
  // In `cgroup`, unless that is empty.
  Server(ServerSpec spec, Workload workload, std::vector<int> cpus,
         std::filesystem::path cgroup = {});

  // Waits until it is ready (harness/server/server_spec.h says how it tells),
  // checks one reply and that nobody else listens on its port. Throws
  // TrialFailure, also as soon as `stop` is set.
  void await_ready(const std::atomic<bool>& stop = kNeverStopped);

  // Throws TrialFailure if it has ended.
  void require_alive();

  // Its stop signal, then KILL after the grace that it is given, or `at_most`
  // so long. Returns what was not as it should be, or nothing.
  std::string stop(
      std::chrono::nanoseconds at_most = std::chrono::nanoseconds::max());

  // Once it is ready.
  LoadTarget target() const;
  std::string url() const;
  std::uint16_t port() const { return port_; }
  std::uint64_t reply_bytes() const { return reply_bytes_; }

  pid_t pid() const { return child_->pid(); }
  pid_t supervisor() const { return child_->supervisor(); }
  std::string stderr_tail() const;

  // What it has counted since its start; nothing if it does not count.
  std::optional<ServerCounts> counts() const;

 private:
  void start();
  [[noreturn]] void fail_for_end();

  // All that came of the start, in whatever group or session, zombies left out.
  std::vector<Process> processes() const;

  // server_readiness.cc has these.
  ExpectedReply expected_reply() const;
  void await_line(const std::atomic<bool>& stop);
  void await_reply(const std::atomic<bool>& stop);
  std::string foreign_owner() const;
  void require_own_port() const;
  bool starts_again_elsewhere();
  [[noreturn]] void fail_for_silence(const ReplyCheck& last) const;

  ServerSpec spec_;
  Workload workload_;
  std::vector<int> cpus_;
  std::filesystem::path cgroup_;
  std::optional<ServerCounters> counters_;
  std::optional<Child> child_;
  std::uint16_t port_ = 0;
  bool started_again_ = false;
  std::uint64_t reply_bytes_ = 0;
};

}  // namespace sockmark
