#include "tests/truth/generator.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "harness/process/child.h"

namespace sockmark {
namespace {

using std::chrono::steady_clock;

// Longer than any run here.
constexpr std::chrono::seconds kPatience(60);

struct Ran {
  std::string out;
  std::string err;
  int exit_status;
  std::chrono::nanoseconds took;
};

Ran run_loadgen(std::vector<std::string> argv, const std::vector<int>& cpus) {
  argv.insert(argv.begin(), LOADGEN);
  const auto start = steady_clock::now();
  Child process({.argv = argv, .cpus = cpus});
  const auto ending = process.wait_for(kPatience);
  if (!ending) throw std::runtime_error("loadgen does not end");
  return {.out = process.out(),
          .err = process.err(),
          .exit_status =
              WIFEXITED(ending->status) ? WEXITSTATUS(ending->status) : -1,
          .took = steady_clock::now() - start};
}

}  // namespace

Report::Report(const std::string& json, std::string err, int exit_status,
               std::chrono::nanoseconds took)
    : err_(std::move(err)), exit_status_(exit_status), took_(took) {
  if (json.empty()) return;
  const auto report = nlohmann::json::parse(json);
  const auto by_path = report.flatten();
  for (const auto& [path, value] : by_path.items()) {
    if (value.is_number()) numbers_[path] = value.get<double>();
  }
  verdict_ = report.at("verdict").at("status");
  reasons_ = report.at("verdict").at("reasons");
}

void Report::require_report() const {
  if (!verdict_.empty()) return;
  throw std::runtime_error(
      fmt::format("no report, exit status {}: {}", exit_status_, err_));
}

double Report::at(const std::string& path) const {
  require_report();
  const auto number = numbers_.find(path);
  return number == numbers_.end() ? std::numeric_limits<double>::quiet_NaN()
                                  : number->second;
}

std::string Report::verdict() const {
  require_report();
  return verdict_;
}

Report Generator::run(std::uint16_t port,
                      const std::vector<std::string>& options) const {
  std::vector<std::string> argv = options;
  argv.insert(argv.end(), {"--engine", engine_, "--json", "-",
                           fmt::format("http://127.0.0.1:{}/", port)});
  Ran ran = run_loadgen(argv, cpus_);
  return {ran.out, std::move(ran.err), ran.exit_status, ran.took};
}

std::string generator_help() { return run_loadgen({"--help"}, {}).out; }

}  // namespace sockmark
