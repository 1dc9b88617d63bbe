// What to run as a child, and in which surroundings.
#pragma once

#include <csignal>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace sockmark {

struct ChildSpec {
  std::vector<std::string> argv;   // argv[0] is looked up in our PATH
  std::vector<int> cpus = {};      // it may run on; empty: on any
  std::filesystem::path cwd = {};  // argv[0] is relative to it; empty: ours
  std::map<std::string, std::string> env = {};  // in addition to ours
  int stop_signal = SIGTERM;          // asks it to end, see Child::stop()
  std::filesystem::path cgroup = {};  // a cgroup v2 folder; empty: ours
};

}  // namespace sockmark
