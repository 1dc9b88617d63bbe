// What this sockmark was made of, and with.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/machine/fact.h"

namespace sockmark {

struct Build {
  std::string version;
  std::string compiler;
  std::string flags;
  std::string type;  // CMake's: "Release"
  Fact<std::string> libc;
  // Of the folder it was built from, wherever it is run.
  Fact<std::string> git_commit;
  Fact<bool> git_dirty;
  // SHA-256 by program: sockmark, loadgen. Those of servers are in the trials.
  std::map<std::string, Fact<std::string>> binaries;
};

struct Checkout {
  Fact<std::string> commit;
  Fact<bool> dirty;  // files that git knows differ from the commit
};

// Of `folder` itself: that of a stranger's repository around it does not count.
Checkout read_checkout(const std::string& folder);

Build read_build();

// The load tools and others that are called: what each says of its version.
std::map<std::string, Fact<std::string>> read_tool_versions();

// The first line that a command prints, if it ends well. Never throws.
std::optional<std::string> first_line_of(const std::vector<std::string>& argv);

}  // namespace sockmark
