// A claim about loadgen, and what came of putting it to the test.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/truth/generator.h"

namespace sockmark {

struct Finding {
  enum class Outcome { holds, fails, skipped };

  std::string what;
  std::string expected;
  std::string measured;
  Outcome outcome = Outcome::fails;
};

struct Claim {
  std::string_view name;
  std::vector<Finding> (*test)(const Generator&);
  bool needs_rate = false;  // an open loop
};

// All of each theme.
std::vector<Claim> latency_claims();
std::vector<Claim> pacing_claims();
std::vector<Claim> fault_claims();
std::vector<Claim> verdict_claims();

// What is measured comes from JSON and may be no number: then nothing holds.
Finding time_within(std::string what, double measured_ns,
                    std::chrono::nanoseconds expected,
                    std::chrono::nanoseconds tolerance);
Finding time_at_least(std::string what, double measured_ns,
                      std::chrono::nanoseconds least);
Finding time_at_most(std::string what, double measured_ns,
                     std::chrono::nanoseconds most);
// `share` 0.01 is 1 %.
Finding number_within(std::string what, double measured, double expected,
                      double share);
Finding count_at_most(std::string what, double measured, std::uint64_t most);

// Both are texts of the same form.
Finding same(std::string what, std::string expected, std::string measured);

// The verdict is not `valid`, and one of its reasons has one of these words.
Finding doubted(std::string what, const Report& report,
                const std::vector<std::string>& words);
Finding trusted(std::string what, const Report& report);

}  // namespace sockmark
