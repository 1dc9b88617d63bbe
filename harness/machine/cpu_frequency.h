// How fast the CPUs run, and who decides that: /sys/devices/system/cpu.
#pragma once

#include <cstdint>
#include <string>

#include "harness/machine/fact.h"
#include "harness/machine/system_files.h"

namespace sockmark {

struct CpuFrequency {
  Fact<std::int64_t> current_hz;  // of the first CPU
  Fact<std::string> governor;     // several, between commas, where CPUs differ
  Fact<std::string> driver;
  Fact<bool> turbo;  // whether a CPU may run faster than it can for long
};

CpuFrequency read_cpu_frequency(const SystemFiles& files);

}  // namespace sockmark
