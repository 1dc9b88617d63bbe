#include "harness/machine/limits.h"

#include <cstdlib>
#include <sstream>

namespace sockmark {
namespace {

using Number = Fact<std::int64_t>;

enum Column { kSoft = 0, kHard = 1 };

// "Max open files            1024                 524288               files"
Number limit_in(std::string_view text, const std::string& name, Column column) {
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(name)) continue;
    const auto words = words_of(line.substr(name.size()));
    if (words.size() <= column) break;
    if (words[column] == "unlimited") return Number::unknown("unlimited");
    if (const auto number = parse_integer(words[column])) {
      return Number::known(*number);
    }
  }
  return Number::unknown("no '" + name + "' in /proc/self/limits");
}

// "MemTotal:       24684084 kB"
Number memory_in(const Fact<std::string>& meminfo, const std::string& key) {
  if (!meminfo.value) return Number::unknown(meminfo.why_not);
  const auto value = value_of(*meminfo.value, key, ':');
  const auto words = words_of(value.value_or(""));
  const auto size = words.empty() ? std::nullopt : parse_integer(words[0]);
  return size ? Number::known(*size * 1024)
              : Number::unknown("no " + key + " in /proc/meminfo");
}

Fact<double> first_number(const Fact<std::string>& line) {
  return changed(line, [](const std::string& text) {
    return std::strtod(text.c_str(), nullptr);
  });
}

// The fourth word of /proc/loadavg: "1/102".
Number runnable_in(const Fact<std::string>& line) {
  if (!line.value) return Number::unknown(line.why_not);
  const auto words = words_of(*line.value);
  const auto count = words.size() > 3
                         ? parse_integer(words[3].substr(0, words[3].find('/')))
                         : std::nullopt;
  return count ? Number::known(*count)
               : Number::unknown("no count of tasks in /proc/loadavg");
}

}  // namespace

Limits parse_limits(std::string_view text) {
  return {.descriptors = limit_in(text, "Max open files", kSoft),
          .descriptors_hard = limit_in(text, "Max open files", kHard),
          .processes = limit_in(text, "Max processes", kSoft),
          .locked_memory_bytes = limit_in(text, "Max locked memory", kSoft)};
}

Limits read_limits(const SystemFiles& files) {
  return parse_limits(files.text("/proc/self/limits").value.value_or(""));
}

MachineLoad read_machine_load(const SystemFiles& files) {
  const auto meminfo = files.text("/proc/meminfo");
  MachineLoad load;
  load.memory_bytes = memory_in(meminfo, "MemTotal");
  load.memory_available_bytes = memory_in(meminfo, "MemAvailable");
  load.swap_bytes = memory_in(meminfo, "SwapTotal");
  load.swap_used_bytes =
      changed(memory_in(meminfo, "SwapFree"), [&load](std::int64_t free) {
        return load.swap_bytes.value.value_or(free) - free;
      });
  load.load_average = files.line("/proc/loadavg");
  load.load_1m = first_number(load.load_average);
  load.runnable = runnable_in(load.load_average);
  load.uptime_ns = changed(
      first_number(files.line("/proc/uptime")),
      [](double seconds) { return static_cast<std::int64_t>(seconds * 1e9); });
  return load;
}

}  // namespace sockmark
