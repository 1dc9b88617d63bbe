// loadgen as a process, and the report it gives.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sockmark {

class Report {
 public:
  // `json` may be empty: loadgen has failed then, for the reason in `err`.
  Report(const std::string& json, std::string err, int exit_status,
         std::chrono::nanoseconds took);

  // A number by its path, as "/latency_ns/p50". Not a number if the report has
  // null there, or nothing. Throws std::runtime_error if there is no report.
  double at(const std::string& path) const;
  std::string verdict() const;
  const std::vector<std::string>& reasons() const { return reasons_; }

  const std::string& err() const { return err_; }
  int exit_status() const { return exit_status_; }
  // Of the whole process.
  std::chrono::nanoseconds took() const { return took_; }

 private:
  void require_report() const;

  std::map<std::string, double> numbers_;
  std::string verdict_;
  std::vector<std::string> reasons_;
  std::string err_;
  int exit_status_;
  std::chrono::nanoseconds took_;
};

class Generator {
 public:
  // `cpus` it may run on; empty: on any.
  Generator(std::string engine, std::vector<int> cpus)
      : engine_(std::move(engine)), cpus_(std::move(cpus)) {}

  // Puts load on a server of this machine. Throws std::runtime_error if
  // loadgen does not come to an end.
  Report run(std::uint16_t port, const std::vector<std::string>& options) const;

  const std::vector<int>& cpus() const { return cpus_; }

 private:
  std::string engine_;
  std::vector<int> cpus_;
};

// What `loadgen --help` prints.
std::string generator_help();

}  // namespace sockmark
