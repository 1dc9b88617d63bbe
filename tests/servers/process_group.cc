#include "tests/servers/process_group.h"

#include <unistd.h>

#include <charconv>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>

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

// How many a folder of /proc/PID has; 0 if the process has gone.
std::size_t entries_of(pid_t process, const std::string& folder) {
  std::error_code gone;
  const std::filesystem::directory_iterator entries(
      "/proc/" + std::to_string(process) + "/" + folder, gone);
  return static_cast<std::size_t>(
      std::distance(begin(entries), std::filesystem::directory_iterator()));
}

// Its first thread may have ended before the others (a sanitizer has one of its
// own); only with the last does the parent hear of it.
bool is_zombie(pid_t process) {
  return state_of(process) == 'Z' && entries_of(process, "task") == 1;
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
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  std::string line;
  std::getline(file, line);
  // `pid (name) state ...`, and a name may hold anything.
  const auto name_end = line.rfind(") ");
  return name_end == std::string::npos ? ' ' : line.at(name_end + 2);
}

std::size_t open_descriptors(pid_t process) {
  return entries_of(process, "fd");
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
    if (is_zombie(process)) ++count;
  }
  return count;
}

}  // namespace sockmark
