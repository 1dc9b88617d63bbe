// The sockmark program itself, as a child of a test.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <string>
#include <vector>

#include "harness/process/child.h"
#include "harness/process/process_tree.h"
#include "tests/servers/patience.h"

namespace sockmark {

struct Outcome {
  int status = -1;
  std::string out;
  std::string err;
};

// With a lock of this test's own: tests run beside each other, and disturb each
// other, which must not matter.
inline std::vector<std::string> sockmark_command(
    std::vector<std::string> arguments) {
  setenv("SOCKMARK_LOCK", ("test-" + std::to_string(getpid())).c_str(), 1);
  const std::string verb = arguments.empty() ? "" : arguments[0];
  if (verb == "run" || verb == "ab" || verb == "selfcheck") {
    arguments.emplace_back("--ignore-noise");
  }
  arguments.insert(arguments.begin(), std::string(BUILD_DIR) + "/bin/sockmark");
  return arguments;
}

inline Outcome finish(Child& child) {
  const auto ending = child.wait_for(std::chrono::seconds(100));
  if (!ending) return {.status = -1, .out = "", .err = "it did not end"};
  return {.status = WIFEXITED(ending->status) ? WEXITSTATUS(ending->status)
                                              : -WTERMSIG(ending->status),
          .out = child.out(),
          .err = child.err()};
}

inline Outcome sockmark(const std::vector<std::string>& arguments) {
  Child child({.argv = sockmark_command(arguments), .cpus = {}});
  return finish(child);
}

// Waits until it has said `text` on stderr, at most 20 seconds.
inline bool has_said(const Child& child, const std::string& text) {
  return eventually([&] { return child.err().find(text) != std::string::npos; },
                    std::chrono::seconds(20));
}

// Waits until a program of this name runs below it, at most for kPatience.
inline bool has_started(const Child& child, const std::string& name) {
  return eventually([&] {
    const auto all = descendants_of(child.pid());
    return std::any_of(all.begin(), all.end(), [&](const Process& process) {
      return process.name == name;
    });
  });
}

}  // namespace sockmark
