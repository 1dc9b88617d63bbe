// The control group we are in, and what it and those above it allow.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "harness/machine/fact.h"
#include "harness/machine/system_files.h"

namespace sockmark {

// See cgroups(7): version 1 has a tree for each controller, version 2 one for
// all of them.
struct CgroupLimits {
  Fact<int> version;       // of the tree that accounts for CPU time
  Fact<std::string> path;  // within that tree
  Fact<double> cpus;       // as much CPU time as so many would give
  Fact<std::int64_t> memory_bytes;
  std::string folder;  // of the group, where its files are; may be empty
};

// A line of /proc/self/cgroup.
struct CgroupMembership {
  std::vector<std::string> controllers;  // none: version 2
  std::string path;
};
std::vector<CgroupMembership> parse_cgroups(std::string_view text);

// A line of /proc/self/mountinfo, as far as it bears on this.
struct CgroupMount {
  int version = 2;
  std::vector<std::string> options;  // controllers among them, for version 1
  std::string root;                  // of the tree that is seen at `point`
  std::string point;
};
std::vector<CgroupMount> parse_cgroup_mounts(std::string_view mountinfo);

// Where a group's files are under a mount: a container sees a part of the tree.
// Empty if they are not in that part.
std::string folder_of(const CgroupMount& mount, const std::string& path);

CgroupLimits read_cgroup_limits(const SystemFiles& files);

}  // namespace sockmark
