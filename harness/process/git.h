// What git says of a repository.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace sockmark {

struct GitAnswer {
  bool ok = false;   // it is installed and exited with 0
  std::string out;   // what it printed, without the last line end
  std::string said;  // the last line of its complaints
};

// Git in `folder`, whatever repository a hook's environment names.
GitAnswer git(const std::filesystem::path& folder,
              const std::vector<std::string>& arguments,
              std::chrono::nanoseconds patience = std::chrono::hours(1));

// "12ab34cd56ef"
std::string short_commit(const std::string& commit);

// Names that a hook, or a make above, puts into the environment and that would
// have a program in another folder speak of the wrong one: what env(1) is to be
// called with to be rid of them.
std::vector<std::string> without_callers_environment();

}  // namespace sockmark
