// What the load generator can do beside steady load, by the first word of its
// command line.
#pragma once

#include <string_view>

namespace sockmark {

struct Verb {
  std::string_view name;
  // `argv[0]` is the verb. Returns the status to exit with: 128 and the signal
  // when it was interrupted. Throws std::exception when it cannot run.
  int (*run)(int argc, char** argv);
};

// Null if there is none.
const Verb* find_verb(std::string_view name);

int run_burst(int argc, char** argv);
int run_hold(int argc, char** argv);
int run_slow(int argc, char** argv);

}  // namespace sockmark
