// A copy of another machine's /proc and /sys, as far as a test needs it.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "harness/machine/system_files.h"
#include "tests/harness/temporary_folder.h"

namespace sockmark {

class FakeMachine {
 public:
  // A file, with the folders above it. `path` is absolute on that machine.
  FakeMachine& with(const std::string& path, const std::string& content) {
    const auto file =
        folder_.path() / std::filesystem::path(path).relative_path();
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << content;
    return *this;
  }

  // A CPU of /sys/devices/system/cpu.
  FakeMachine& with_cpu(int cpu, int socket, const std::string& siblings) {
    const std::string folder =
        "/sys/devices/system/cpu/cpu" + std::to_string(cpu);
    with(folder + "/topology/physical_package_id", std::to_string(socket));
    return with(folder + "/topology/core_cpus_list", siblings + "\n");
  }

  SystemFiles files() const { return SystemFiles(folder_.path()); }
  const std::filesystem::path& root() const { return folder_.path(); }

 private:
  TemporaryFolder folder_;
};

}  // namespace sockmark
