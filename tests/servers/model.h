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
  // Serves a second client while a first one stays. The kernel gives a client
  // to one of the processes of a sharded model, and even to a busy one.
  bool side_by_side() const { return !one_at_a_time() && family != "sharded"; }
  // Serves any number of clients side by side.
  bool unlimited() const { return side_by_side() && family != "pool"; }
  bool has_several_processes() const { return unit == "process"; }
  // Whose descriptors are those of all clients.
  bool has_one_process() const { return !has_several_processes(); }
  // Needs processes or threads beside its first.
  bool starts_tasks() const {
    return has_several_processes() || unit.find("thread") != std::string::npos;
  }
  // Holds no descriptor beyond FD_SETSIZE.
  bool has_sets_of_fixed_size() const { return command.front() == "select"; }
  // Tries all connections for ever, whether or not there is anything to do.
  bool never_sleeps() const { return command.front() == "busy_poll"; }
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

// Those that are, by this argument on their command line.
std::vector<ListedModel> flawed_models(const std::string& argument);

// The sound ones of one kind.
std::vector<ListedModel> models_that(bool (ListedModel::*kind)() const);

}  // namespace sockmark
