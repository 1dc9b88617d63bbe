// A control group of our own (cgroups(7), version 2): the only account that
// knows the CPU time of every process that was ever in it, however it ended.
// Needs no controller: cpu.stat is there without. Needs leave to make a folder
// below our own group: root's, or a delegated one.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace sockmark {

// User and system are the kernel's split of an exact sum by what its tick has
// sampled (4 to 10 ms), so only the sum is exact.
struct CpuTime {
  std::int64_t user_ns = 0;
  std::int64_t system_ns = 0;

  std::int64_t sum_ns() const { return user_ns + system_ns; }
};

// Of a cpu.stat; nothing if it has not got the lines.
std::optional<CpuTime> parse_cpu_stat(std::string_view text);

// Where version 2 is mounted, from the text of /proc/PID/mountinfo; and which
// group a process is in, from that of /proc/PID/cgroup. Empty if there is none.
std::filesystem::path cgroup2_mount_in(std::string_view mountinfo);
std::filesystem::path cgroup2_path_in(std::string_view cgroup);

// Made in the constructor, removed in the destructor, which waits a little for
// members that have been killed to leave.
class Cgroup {
 public:
  // Below the group that this process is in. First removes what harnesses that
  // died left there.
  Cgroup();
  // Below `parent`, a folder of a cgroup file system.
  explicit Cgroup(const std::filesystem::path& parent);
  ~Cgroup();
  Cgroup(const Cgroup&) = delete;
  Cgroup& operator=(const Cgroup&) = delete;

  // Why there is none; empty if there is one.
  const std::string& why_not() const { return why_not_; }
  explicit operator bool() const { return why_not_.empty(); }

  // For a process to join before it runs the program. Empty if there is none.
  const std::filesystem::path& path() const { return path_; }

  // The processes in it that have not ended.
  std::set<pid_t> members() const;

  // What its members have used while in it, those that have ended included. The
  // slice that a member is running right now counts from its next tick or
  // switch on, so a difference is off by at most a tick per CPU. Nothing if
  // there is no group.
  std::optional<CpuTime> cpu() const;

 private:
  void make_below(const std::filesystem::path& parent);

  std::filesystem::path path_;
  std::string why_not_;
};

}  // namespace sockmark
