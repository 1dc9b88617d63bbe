#include "harness/process/git.h"

#include <exception>

#include "harness/process/child.h"
#include "harness/text/text.h"

namespace sockmark {

std::string short_commit(const std::string& commit) {
  constexpr std::size_t kLength = 12;
  return commit.substr(0, kLength);
}

std::vector<std::string> without_callers_environment() {
  std::vector<std::string> argv = {"env"};
  for (const char* const name :
       {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX",
        "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR", "MAKEFLAGS", "MAKEOVERRIDES", "MAKELEVEL",
        "MFLAGS"}) {
    argv.insert(argv.end(), {"-u", name});
  }
  return argv;
}

GitAnswer git(const std::filesystem::path& folder,
              const std::vector<std::string>& arguments,
              std::chrono::nanoseconds patience) {
  auto argv = without_callers_environment();
  argv.insert(argv.end(), {"git", "-C", folder.string()});
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  try {
    Child child({.argv = argv, .cpus = {}});
    const auto ending = child.wait_for(patience);
    if (!ending) return {.ok = false, .out = "", .said = "git does not end"};
    std::string out = child.out();
    if (out.ends_with('\n')) out.pop_back();
    return {.ok = ending->clean(),
            .out = std::move(out),
            .said = one_line(last_line(child.err()))};
  } catch (const std::exception& failure) {
    return {.ok = false, .out = "", .said = failure.what()};
  }
}

}  // namespace sockmark
