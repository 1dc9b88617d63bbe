// One server under test: started, awaited, verified, stopped.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "harness/child.h"
#include "harness/record.h"
#include "harness/server_counters.h"
#include "harness/server_spec.h"

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

class Server {
 public:
  // The command line of `spec` for `workload`, on a port the kernel picks;
  // without what is of this process alone.
  static std::vector<std::string> command(const ServerSpec& spec,
                                          const Workload& workload);

  // Starts it. Throws std::system_error if it cannot be run.
  Server(const ServerSpec& spec, const Workload& workload,
         std::vector<int> cpus);

  // Waits for the readiness line and checks one reply. Throws TrialFailure.
  void await_ready();

  // Throws TrialFailure if it has ended.
  void require_alive();

  // TERM, then KILL. Returns what was not as it should be, or nothing.
  std::string stop();

  std::string url() const;
  pid_t pid() const { return child_.pid(); }
  std::string stderr_tail() const;

  // What it has counted since its start; nothing if it does not count.
  std::optional<ServerCounts> counts() const;

 private:
  std::uint16_t await_readiness_line();

  std::size_t body_bytes_;
  std::optional<ServerCounters> counters_;
  Child child_;
  std::uint16_t port_ = 0;
};

}  // namespace sockmark
