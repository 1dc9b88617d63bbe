#include "harness/machine/cpu_frequency.h"

#include <set>

#include "harness/machine/processor.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

const std::string kFolder = "/sys/devices/system/cpu/";

Fact<std::string> read_governor(const SystemFiles& files) {
  std::set<std::string> governors;
  for (const std::string& name : files.names_in(kFolder)) {
    if (!name.starts_with("cpu") || !parse_integer(name.substr(3))) continue;
    const auto governor =
        files.line(kFolder + name + "/cpufreq/scaling_governor");
    if (governor.value) governors.insert(*governor.value);
  }
  if (governors.empty())
    return files.line(kFolder + "cpu0/cpufreq/scaling_governor");
  return Fact<std::string>::known(
      join({governors.begin(), governors.end()}, ","));
}

// intel_pstate has a switch that turns it off, the others one that turns it on.
Fact<bool> read_turbo(const SystemFiles& files) {
  const auto no_turbo = files.number(kFolder + "intel_pstate/no_turbo");
  if (no_turbo.value) return Fact<bool>::known(*no_turbo.value == 0);
  const auto boost = files.number(kFolder + "cpufreq/boost");
  if (boost.value) return Fact<bool>::known(*boost.value != 0);
  return Fact<bool>::unknown("neither " + kFolder +
                             "intel_pstate/no_turbo nor cpufreq/boost");
}

Fact<std::int64_t> read_hz(const SystemFiles& files) {
  const auto khz = files.number(kFolder + "cpu0/cpufreq/scaling_cur_freq");
  if (khz.value) return Fact<std::int64_t>::known(*khz.value * 1000);
  const auto cpuinfo = files.text("/proc/cpuinfo");
  return parse_processor(cpuinfo.value.value_or("")).hz;
}

}  // namespace

CpuFrequency read_cpu_frequency(const SystemFiles& files) {
  return {.current_hz = read_hz(files),
          .governor = read_governor(files),
          .driver = files.line(kFolder + "cpu0/cpufreq/scaling_driver"),
          .turbo = read_turbo(files)};
}

}  // namespace sockmark
