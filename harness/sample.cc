#include "harness/sample.h"

#include <unistd.h>

#include <charconv>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace sockmark {
namespace {

// The fields of /proc/PID/stat from the third on, as proc(5) numbers them. The
// second, the name, may hold anything, blanks and brackets too.
class Stat {
 public:
  static std::optional<Stat> read(const std::filesystem::path& folder) {
    std::ifstream file(folder / "stat");
    // Empty if the process has ended, even when that is between the open and
    // the read: an iterator over the file would throw then.
    std::string text;
    std::getline(file, text, '\0');
    const auto end_of_name = text.rfind(')');
    if (end_of_name == std::string::npos) return std::nullopt;
    std::istringstream rest(text.substr(end_of_name + 1));
    Stat stat;
    for (std::string field; rest >> field;) stat.fields_.push_back(field);
    if (stat.fields_.size() < 20) return std::nullopt;
    return stat;
  }

  std::int64_t operator[](std::size_t number) const {
    const std::string& text = fields_[number - 3];
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  }

 private:
  std::vector<std::string> fields_;
};

// Including threads that have ended.
std::optional<std::int64_t> cpu_clock_of(pid_t pid) {
  clockid_t clock = 0;
  timespec now{};
  if (clock_getcpuclockid(pid, &clock) != 0 ||
      clock_gettime(clock, &now) != 0) {
    return std::nullopt;
  }
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

void add(GroupUsage& usage, pid_t pid, const Stat& stat) {
  static const std::int64_t tick_ns = 1'000'000'000 / sysconf(_SC_CLK_TCK);
  const std::int64_t own = (stat[14] + stat[15]) * tick_ns;
  const std::int64_t of_children = (stat[16] + stat[17]) * tick_ns;
  usage.cpu_ns += cpu_clock_of(pid).value_or(own) + of_children;
  usage.cpu_user_ns += (stat[14] + stat[16]) * tick_ns;
  usage.cpu_system_ns += (stat[15] + stat[17]) * tick_ns;
  usage.processes += 1;
  usage.threads += static_cast<int>(stat[20]);
}

}  // namespace

GroupUsage sample_group(pid_t group) {
  constexpr std::size_t kGroup = 5;
  GroupUsage usage;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string name = entry.path().filename().string();
    pid_t pid = 0;
    const char* const end = name.data() + name.size();
    if (std::from_chars(name.data(), end, pid).ptr != end) continue;
    const auto stat = Stat::read(entry.path());
    if (stat && (*stat)[kGroup] == group) add(usage, pid, *stat);
  }
  return usage;
}

}  // namespace sockmark
