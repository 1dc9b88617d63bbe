// A git repository that goes with the test, and a cache for its builds.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "harness/process/git.h"
#include "tests/harness/temporary_folder.h"

namespace sockmark {

class Repository {
 public:
  // The builds of all repositories of a test are kept beside them.
  Repository() {
    std::filesystem::create_directory(folder_.path() / "repository");
    setenv("XDG_CACHE_HOME", cache().c_str(), 1);
    setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
    setenv("GIT_CONFIG_SYSTEM", "/dev/null", 1);
    run({"init", "--quiet", "--initial-branch=main"});
  }

  std::filesystem::path path() const {
    return std::filesystem::canonical(folder_.path()) / "repository";
  }
  std::filesystem::path cache() const { return folder_.path() / "cache"; }

  void write(const std::string& name, const std::string& content) const {
    std::filesystem::create_directories((path() / name).parent_path());
    std::ofstream(path() / name) << content;
  }

  // Returns the commit.
  std::string commit(const std::map<std::string, std::string>& files) const {
    for (const auto& [name, content] : files) write(name, content);
    run({"add", "--all"});
    run({"-c", "user.name=a", "-c", "user.email=a@b", "-c",
         "commit.gpgsign=false", "commit", "--quiet", "--allow-empty", "-m",
         "x"});
    return run({"rev-parse", "HEAD"});
  }

  std::string run(const std::vector<std::string>& arguments) const {
    const GitAnswer answer = git(path(), arguments);
    if (!answer.ok) throw std::runtime_error("git: " + answer.said);
    return answer.out;
  }

 private:
  TemporaryFolder folder_;
};

}  // namespace sockmark
