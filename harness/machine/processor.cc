#include "harness/machine/processor.h"

#include <algorithm>
#include <cstdlib>
#include <initializer_list>

#include "harness/machine/system_files.h"

namespace sockmark {
namespace {

// The first of these keys that is there.
Fact<std::string> one_of(std::string_view cpuinfo,
                         std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    if (auto value = value_of(cpuinfo, key, ':')) {
      return Fact<std::string>::known(std::move(*value));
    }
  }
  return Fact<std::string>::unknown("no " + std::string(*keys.begin()) +
                                    " in /proc/cpuinfo");
}

Fact<bool> hypervisor_in(std::string_view cpuinfo) {
  const auto flags = value_of(cpuinfo, "flags", ':');
  if (!flags) return Fact<bool>::unknown("no flags in /proc/cpuinfo");
  const auto words = words_of(*flags);
  return Fact<bool>::known(
      std::find(words.begin(), words.end(), "hypervisor") != words.end());
}

}  // namespace

Processor parse_processor(std::string_view cpuinfo) {
  const auto to_hz = [](const std::string& mhz) {
    return static_cast<std::int64_t>(std::strtod(mhz.c_str(), nullptr) * 1e6);
  };
  return {.model = one_of(cpuinfo, {"model name", "Model", "Hardware"}),
          .vendor = one_of(cpuinfo, {"vendor_id", "CPU implementer"}),
          .family = one_of(cpuinfo, {"cpu family", "CPU architecture"}),
          .model_number = one_of(cpuinfo, {"model", "CPU part"}),
          .stepping = one_of(cpuinfo, {"stepping", "CPU revision"}),
          .microcode = one_of(cpuinfo, {"microcode"}),
          .hypervisor = hypervisor_in(cpuinfo),
          .hz = changed(one_of(cpuinfo, {"cpu MHz"}), to_hz)};
}

}  // namespace sockmark
