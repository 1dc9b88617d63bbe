#include "tests/servers/ran.h"

#include <sys/wait.h>

#include <algorithm>

#include "harness/process/child.h"
#include "tests/servers/patience.h"

namespace sockmark {

Ran run_to_end(const std::vector<std::string>& argv) {
  Child process({.argv = argv, .cpus = {}});
  const auto ending = process.wait_for(kPatience);
  const bool exited = ending && WIFEXITED(ending->status);
  return {.status = exited ? WEXITSTATUS(ending->status) : -1,
          .out = process.out(),
          .err = process.err()};
}

bool is_one_line(const std::string& text) {
  return text.ends_with('\n') &&
         std::count(text.begin(), text.end(), '\n') == 1;
}

}  // namespace sockmark
