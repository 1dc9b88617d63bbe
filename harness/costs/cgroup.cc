#include "harness/costs/cgroup.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstring>
#include <iterator>
#include <sstream>
#include <system_error>
#include <thread>

#include "harness/process/proc_file.h"
#include "lib/fd.h"

namespace sockmark {
namespace {

constexpr std::string_view kPrefix = "sockmark-";

// "sockmark-1234-0" of a process that does not exist any more.
bool is_of_a_dead_harness(const std::string& name) {
  if (!name.starts_with(kPrefix)) return false;
  pid_t owner = 0;
  const char* const end = name.data() + name.size();
  const auto parsed = std::from_chars(name.data() + kPrefix.size(), end, owner);
  if (parsed.ec != std::errc() || parsed.ptr == end || *parsed.ptr != '-') {
    return false;
  }
  return kill(owner, 0) != 0 && errno == ESRCH;
}

// rmdir refuses a group that still has members: theirs it stays.
void remove_stale(const std::filesystem::path& parent) {
  std::error_code ignored;
  for (const auto& entry :
       std::filesystem::directory_iterator(parent, ignored)) {
    if (is_of_a_dead_harness(entry.path().filename().string())) {
      rmdir(entry.path().c_str());
    }
  }
}

}  // namespace

std::optional<CpuTime> parse_cpu_stat(std::string_view text) {
  constexpr std::int64_t kMicrosecond = 1000;
  const auto usage = number_after(text, "usage_usec");
  const auto user = number_after(text, "user_usec");
  if (!usage || !user) return std::nullopt;
  // The sum is exact, so the second part is what the first leaves of it.
  return CpuTime{.user_ns = *user * kMicrosecond,
                 .system_ns = (*usage - *user) * kMicrosecond};
}

// "31 23 0:28 / /sys/fs/cgroup rw,relatime - cgroup2 cgroup2 rw", with optional
// fields before the hyphen.
std::filesystem::path cgroup2_mount_in(std::string_view mountinfo) {
  std::istringstream lines{std::string(mountinfo)};
  for (std::string line; std::getline(lines, line);) {
    const auto hyphen = line.find(" - cgroup2 ");
    if (hyphen == std::string::npos) continue;
    std::istringstream fields(line.substr(0, hyphen));
    std::string id;
    std::string parent;
    std::string device;
    std::string root;
    std::string mount;
    if (fields >> id >> parent >> device >> root >> mount) return mount;
  }
  return {};
}

std::filesystem::path cgroup2_path_in(std::string_view cgroup) {
  std::istringstream lines{std::string(cgroup)};
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("0::")) return line.substr(3);
  }
  return {};
}

Cgroup::Cgroup() {
  const auto mount =
      cgroup2_mount_in(read_proc_file("/proc/self/mountinfo").value_or(""));
  const auto ours =
      cgroup2_path_in(read_proc_file("/proc/self/cgroup").value_or(""));
  if (mount.empty() || ours.empty()) {
    why_not_ = "no control groups of version 2 are mounted here";
    return;
  }
  make_below(mount / ours.relative_path());
}

Cgroup::Cgroup(const std::filesystem::path& parent) { make_below(parent); }

void Cgroup::make_below(const std::filesystem::path& parent) {
  static int made = 0;
  remove_stale(parent);
  const auto path = parent / fmt::format("{}{}-{}", kPrefix, getpid(), made++);
  if (mkdir(path.c_str(), 0755) != 0) {
    why_not_ = fmt::format("cannot make the control group {}: {}",
                           path.string(), std::strerror(errno));
    return;
  }
  path_ = path;
  // Who joins leaves the parent, which takes leave to write there, too.
  const bool is_ours = access((parent / "cgroup.procs").c_str(), W_OK) == 0;
  if (is_ours && cpu()) return;
  why_not_ = is_ours ? path.string() + " has no cpu.stat"
                     : "no leave to move processes out of " + parent.string();
  rmdir(path.c_str());
  path_.clear();
}

Cgroup::~Cgroup() {
  constexpr int kTries = 50;
  constexpr std::chrono::milliseconds kPause(2);
  if (path_.empty()) return;
  // One that cannot be removed is removed by the next harness.
  for (int i = 0; i < kTries && rmdir(path_.c_str()) != 0; ++i) {
    if (errno != EBUSY) return;
    std::this_thread::sleep_for(kPause);
  }
}

std::set<pid_t> Cgroup::members() const {
  if (path_.empty()) return {};
  std::istringstream pids(
      read_proc_file((path_ / "cgroup.procs").string()).value_or(""));
  return {std::istream_iterator<pid_t>(pids), {}};
}

std::optional<CpuTime> Cgroup::cpu() const {
  if (path_.empty()) return std::nullopt;
  return parse_cpu_stat(
      read_proc_file((path_ / "cpu.stat").string()).value_or(""));
}

}  // namespace sockmark
