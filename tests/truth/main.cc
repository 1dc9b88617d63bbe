// Puts loadgen's claims about itself to the test, against servers that know the
// truth. It measures, so it is no unit test: other work on the machine can make
// a claim fail.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>

#include "harness/machine/cpus.h"
#include "lib/command_line.h"
#include "lib/exit_status.h"
#include "tests/truth/claim.h"
#include "tests/truth/cpu.h"

namespace sockmark {
namespace {

using Outcome = Finding::Outcome;

std::vector<Claim> all_claims() {
  std::vector<Claim> all;
  for (const auto theme :
       {latency_claims, pacing_claims, fault_claims, verdict_claims}) {
    const std::vector<Claim> claims = theme();
    all.insert(all.end(), claims.begin(), claims.end());
  }
  return all;
}

const char* to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::holds:
      return "holds";
    case Outcome::fails:
      return "FAILS";
    case Outcome::skipped:
      break;
  }
  return "skipped";
}

std::vector<Finding> put_to_the_test(const Claim& claim,
                                     const Generator& generator,
                                     const std::string& help) {
  if (claim.needs_rate && help.find("--rate") == std::string::npos) {
    return {{.what = "no --rate yet",
             .expected = "",
             .measured = "",
             .outcome = Outcome::skipped}};
  }
  try {
    return claim.test(generator);
  } catch (const std::exception& failure) {
    return {{.what = "comes to an end",
             .expected = "",
             .measured = failure.what()}};
  }
}

void print(const Claim& claim, const std::vector<Finding>& findings) {
  fmt::print("  {}\n", claim.name);
  for (const Finding& finding : findings) {
    fmt::print("    {:<8} {:<31} {:<26} {}\n", to_string(finding.outcome),
               finding.what, finding.expected, finding.measured);
  }
  std::fflush(stdout);
}

// Whether none fails.
bool all_hold(const std::vector<Finding>& findings) {
  return std::none_of(findings.begin(), findings.end(), [](const auto& one) {
    return one.outcome == Outcome::fails;
  });
}

// `names`: of the claims to test; none: all.
bool test_engine(const std::string& engine,
                 const std::vector<std::string>& names, const CpuPlan& cpus,
                 const std::string& help) {
  // One processor is enough for it, and is easier to take away from it.
  const Generator generator(
      engine, cpus.load.empty() ? cpus.load : std::vector{cpus.load.front()});
  fmt::print("{:<44} {:<26} {}\n", "engine " + engine, "expected", "measured");
  bool hold = true;
  for (const Claim& claim : all_claims()) {
    if (!names.empty() &&
        std::find(names.begin(), names.end(), claim.name) == names.end()) {
      continue;
    }
    const auto findings = put_to_the_test(claim, generator, help);
    print(claim, findings);
    hold = all_hold(findings) && hold;
  }
  return hold;
}

bool test_engines(const std::string& choice,
                  const std::vector<std::string>& names) {
  const std::string help = generator_help();
  std::vector<std::string> engines = {choice};
  if (choice == "both") {
    engines = {"epoll"};
    if (help.find("uring") != std::string::npos) engines.push_back("uring");
  }
  const CpuPlan cpus = split_cpus();
  if (!cpus.server.empty()) run_on({cpus.server.front()});
  bool hold = true;
  for (const std::string& engine : engines) {
    hold = test_engine(engine, names, cpus, help) && hold;
  }
  return hold;
}

}  // namespace
}  // namespace sockmark

int main(int argc, char** argv) {
  using namespace sockmark;
  std::string engine = "both";
  std::vector<std::string> names;
  CLI::App app("Puts what loadgen claims to the test.", "truth");
  app.footer("Exit status: 0 all hold, 1 some do not, 2 usage.");
  app.add_option("--engine", engine, "epoll, uring or both")
      ->check(CLI::IsMember({"epoll", "uring", "both"}))
      ->capture_default_str();
  std::vector<std::string> known;
  for (const Claim& claim : all_claims()) known.emplace_back(claim.name);
  app.add_option("claims", names, "all if there are none")
      ->check(CLI::IsMember(known));
  if (const auto status = parse_command_line(app, argc, argv)) return *status;
  try {
    return test_engines(engine, names) ? kExitOk : kExitFailed;
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "truth: %s\n", failure.what());
    return kExitFailed;
  }
}
