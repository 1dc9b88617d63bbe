// One server under test: started, awaited, verified, stopped.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "harness/child.h"
#include "harness/record.h"
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
  // The command line of `spec` for `workload`, on a port the kernel picks.
  static std::vector<std::string> command(const ServerSpec& spec,
                                          const Workload& workload);

  // Starts it. Throws std::system_error if it cannot be run.
  Server(const ServerSpec& spec, const Workload& workload,
         std::vector<int> cpus);

  static inline const std::atomic<bool> kNever = false;

  // Waits for the readiness line and checks one reply. Throws TrialFailure:
  // interrupted, when `stop` is set before the line has come.
  void await_ready(const std::atomic<bool>& stop = kNever);

  // Throws TrialFailure if it has ended.
  void require_alive();

  static constexpr std::chrono::seconds kStopsWithin{2};

  // TERM, then KILL after `grace`. Returns what was not as it should be, or
  // nothing.
  std::string stop(std::chrono::nanoseconds grace = kStopsWithin);

  std::string url() const;
  pid_t pid() const { return child_.pid(); }
  std::string stderr_tail() const;

 private:
  std::uint16_t await_readiness_line(const std::atomic<bool>& stop);

  std::size_t body_bytes_;
  Child child_;
  std::uint16_t port_ = 0;
};

}  // namespace sockmark
