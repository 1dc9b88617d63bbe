#include "tests/servers/process_group.h"

#include <unistd.h>

#include <charconv>
#include <ctime>
#include <filesystem>
#include <string>

#include "harness/process/process_tree.h"

namespace sockmark {
namespace {

using std::chrono::nanoseconds;

nanoseconds cpu_time_of(pid_t process) {
  clockid_t clock{};
  timespec used{};
  if (clock_getcpuclockid(process, &clock) != 0 ||
      clock_gettime(clock, &used) != 0) {
    return nanoseconds(0);  // it has gone
  }
  return std::chrono::seconds(used.tv_sec) + nanoseconds(used.tv_nsec);
}

}  // namespace

std::vector<pid_t> processes_of_group(pid_t group) {
  std::vector<pid_t> processes;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string name = entry.path().filename();
    pid_t process = 0;
    const char* const end = name.data() + name.size();
    if (std::from_chars(name.data(), end, process).ptr != end) continue;
    if (getpgid(process) == group) processes.push_back(process);
  }
  return processes;
}

char state_of(pid_t process) {
  const auto now = read_process(process);
  return now ? now->state : ' ';
}

std::size_t open_descriptors(pid_t process) {
  std::error_code gone;
  const std::filesystem::directory_iterator entries(
      "/proc/" + std::to_string(process) + "/fd", gone);
  return static_cast<std::size_t>(
      std::distance(begin(entries), std::filesystem::directory_iterator()));
}

nanoseconds cpu_time_of_group(pid_t group) {
  nanoseconds sum(0);
  for (const pid_t process : processes_of_group(group)) {
    sum += cpu_time_of(process);
  }
  return sum;
}

std::size_t zombies_of_group(pid_t group) {
  std::size_t count = 0;
  for (const pid_t process : processes_of_group(group)) {
    const auto now = read_process(process);
    if (now && now->is_zombie()) ++count;
  }
  return count;
}

}  // namespace sockmark
