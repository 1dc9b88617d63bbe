// Builds of revisions in a repository and a cache of the test's own.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "harness/ab/build_cache.h"
#include "tests/harness/ab/repository.h"
#include "tests/harness/golden.h"

namespace sockmark {

class BuildCache : public testing::Test {
 protected:
  RevisionBuild build_of(const std::string& commit,
                         const std::string& command) const {
    return {.title = "base 'x'",
            .repository = repository_.path(),
            .commit = commit,
            .command = command};
  }

  std::filesystem::path make(const std::string& commit,
                             const std::string& command) {
    return made(build_of(commit, command),
                [this](const std::string& line) { said_.push_back(line); });
  }

  std::string failure(const std::string& commit, const std::string& command) {
    try {
      make(commit, command);
    } catch (const std::runtime_error& failed) {
      return failed.what();
    }
    return "built";
  }

  Repository repository_;
  std::string first_ = repository_.commit({{"code", "1\n"}});
  std::string second_ = repository_.commit({{"code", "2\n"}});
  std::vector<std::string> said_;
};

}  // namespace sockmark
