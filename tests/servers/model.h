// servers/MODELS as the tests read it: on their own, not with the harness's
// parser.
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace sockmark {

struct ListedModel {
  std::string name;
  std::vector<std::string> command;  // the binary and its arguments
  std::string family;
  std::string unit;

  // Serves one client to its end before it looks at the next.
  bool one_at_a_time() const { return unit == "none"; }
  // Serves a second client while a first one stays. The kernel gives a client to
  // one of the processes of a sharded model, and even to a busy one.
  bool side_by_side() const { return !one_at_a_time() && family != "sharded"; }
  // Serves any number of clients side by side.
  bool unlimited() const { return side_by_side() && family != "pool"; }
};

// What gtest shows for a parameter.
inline void PrintTo(const ListedModel& model, std::ostream* out) {
  *out << model.name;
}

// The fields of each line, without the spaces round them.
std::vector<std::vector<std::string>> model_lines();

// All models; lines without enough fields are left to models_test.
std::vector<ListedModel> all_models();

// Without those that are wrong on purpose.
std::vector<ListedModel> sound_models();

}  // namespace sockmark
