// What the kernel was told, from /proc and /sys.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "harness/machine/fact.h"
#include "harness/machine/system_files.h"

namespace sockmark {

struct KernelSettings {
  Fact<std::string> version;       // with compiler and options of its build
  Fact<std::string> command_line;  // of its start
  Fact<std::string> preemption;    // "none", "voluntary", "full", "lazy", "rt"
  Fact<std::string> transparent_hugepages;  // "always", "madvise", "never"
  Fact<std::string> clock_source;
  Fact<std::string> clock_sources;  // that there are
  // By the name of the weakness: what is done against it, and so its cost.
  Fact<std::map<std::string, std::string>> mitigations;
  // By the names that sysctl(8) has for them; values as the kernel prints them.
  std::map<std::string, Fact<std::string>> sysctls;
};

KernelSettings read_kernel_settings(const SystemFiles& files);

// The choice in brackets of "always [madvise] never", or in the scheduler's
// "none voluntary (full)"; nothing where there is none.
std::optional<std::string> chosen_in(std::string_view choices);

}  // namespace sockmark
