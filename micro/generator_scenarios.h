// What the generators are compared in. Each scenario prints a table and what
// its figures should be.
#pragma once

#include <chrono>
#include <string_view>
#include <vector>

#include "micro/contenders.h"

namespace sockmark {

struct Effort {
  int rounds = 10;
  std::chrono::seconds duration{2};         // of each run of a round
  std::chrono::seconds memory_after[2] = {  // where memory is looked at
      std::chrono::seconds(3), std::chrono::seconds(10)};
};

struct Scenario {
  std::string_view name;
  // Whether all of the project's own generators could be measured.
  bool (*measure)(const std::vector<Contender>&, const Effort&);
};

const std::vector<Scenario>& all_scenarios();

// One each, in a file of its own.
bool measure_many(const std::vector<Contender>& contenders,
                  const Effort& effort);
bool measure_pace(const std::vector<Contender>& contenders,
                  const Effort& effort);

}  // namespace sockmark
