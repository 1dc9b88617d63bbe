#include "harness/machine/cgroup_limits.h"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <optional>
#include <sstream>

namespace sockmark {
namespace {

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream{std::string(text)};
  for (std::string part; std::getline(stream, part, separator);) {
    if (!part.empty()) parts.push_back(part);
  }
  return parts;
}

bool has(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

// The group that a controller has us in: version 1 where that has the
// controller, else the one of version 2.
struct Group {
  int version = 2;
  std::string path;
  std::string folder;
  std::string top;  // the mount's own folder, where the walk up ends
};

std::optional<Group> group_of(const std::string& controller,
                              const std::vector<CgroupMembership>& groups,
                              const std::vector<CgroupMount>& mounts) {
  for (const int version : {1, 2}) {
    for (const CgroupMembership& group : groups) {
      const bool is_it = version == 1 ? has(group.controllers, controller)
                                      : group.controllers.empty();
      if (!is_it) continue;
      for (const CgroupMount& mount : mounts) {
        if (mount.version != version) continue;
        if (version == 1 && !has(mount.options, controller)) continue;
        const std::string folder = folder_of(mount, group.path);
        return Group{version, group.path, folder, mount.point};
      }
      return Group{version, group.path, "", ""};
    }
  }
  return std::nullopt;
}

// "max 100000" or "50000 100000".
std::optional<double> cpus_v2(const SystemFiles& files, const std::string& at) {
  const auto words = words_of(files.line(at + "/cpu.max").value.value_or(""));
  if (words.size() != 2) return std::nullopt;
  const auto quota = parse_integer(words[0]);
  const auto period = parse_integer(words[1]);
  if (!quota || !period || *period <= 0) return std::nullopt;
  return static_cast<double>(*quota) / static_cast<double>(*period);
}

// A quota of -1 is none.
std::optional<double> cpus_v1(const SystemFiles& files, const std::string& at) {
  const auto quota = files.number(at + "/cpu.cfs_quota_us").value;
  const auto period = files.number(at + "/cpu.cfs_period_us").value;
  if (!quota || *quota <= 0 || !period || *period <= 0) return std::nullopt;
  return static_cast<double>(*quota) / static_cast<double>(*period);
}

std::optional<double> memory_v2(const SystemFiles& files,
                                const std::string& at) {
  const auto bytes = files.number(at + "/memory.max").value;
  return bytes ? std::optional(static_cast<double>(*bytes)) : std::nullopt;
}

// Without a limit it holds the largest number of pages there can be.
std::optional<double> memory_v1(const SystemFiles& files,
                                const std::string& at) {
  constexpr std::int64_t kNoLimit = std::int64_t{1} << 62;
  const auto bytes = files.number(at + "/memory.limit_in_bytes").value;
  if (!bytes || *bytes >= kNoLimit) return std::nullopt;
  return static_cast<double>(*bytes);
}

using ReadLimit = std::function<std::optional<double>(const SystemFiles&,
                                                      const std::string&)>;

// The least of the group's own and of all above it: each of them holds.
Fact<double> least(const SystemFiles& files, const std::optional<Group>& group,
                   const ReadLimit& v1, const ReadLimit& v2) {
  if (!group) return Fact<double>::unknown("no control group");
  if (group->folder.empty()) {
    return Fact<double>::unknown("the control group's files are not mounted");
  }
  const ReadLimit& read = group->version == 1 ? v1 : v2;
  std::optional<double> smallest;
  for (std::string at = group->folder; at.size() >= group->top.size();
       at = at.substr(0, at.rfind('/'))) {
    if (const auto limit = read(files, at)) {
      smallest = std::min(smallest.value_or(*limit), *limit);
    }
    if (at.empty()) break;
  }
  return smallest ? Fact<double>::known(*smallest)
                  : Fact<double>::unknown("no limit is set");
}

}  // namespace

std::vector<CgroupMembership> parse_cgroups(std::string_view text) {
  std::vector<CgroupMembership> groups;
  for (const std::string& line : split(text, '\n')) {
    const auto first = line.find(':');
    const auto second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    groups.push_back(
        {.controllers = split(line.substr(first + 1, second - first - 1), ','),
         .path = line.substr(second + 1)});
  }
  return groups;
}

// proc(5): "36 35 98:0 /root /point options... - type source superoptions".
std::vector<CgroupMount> parse_cgroup_mounts(std::string_view mountinfo) {
  std::vector<CgroupMount> mounts;
  for (const std::string& line : split(mountinfo, '\n')) {
    const auto words = words_of(line);
    const auto dash = std::find(words.begin(), words.end(), "-");
    if (dash - words.begin() < 5 || words.end() - dash < 4) continue;
    const std::string& type = dash[1];
    if (type != "cgroup" && type != "cgroup2") continue;
    mounts.push_back({.version = type == "cgroup" ? 1 : 2,
                      .options = split(dash[3], ','),
                      .root = words[3],
                      .point = words[4]});
  }
  return mounts;
}

std::string folder_of(const CgroupMount& mount, const std::string& path) {
  std::string below = path;
  if (mount.root != "/") {
    const bool is_below =
        path.starts_with(mount.root) &&
        (path.size() == mount.root.size() || path[mount.root.size()] == '/');
    if (!is_below) return "";
    below = path.substr(mount.root.size());
  }
  while (below.ends_with('/')) below.pop_back();
  return mount.point + below;
}

CgroupLimits read_cgroup_limits(const SystemFiles& files) {
  const auto memberships = files.text("/proc/self/cgroup");
  const auto groups = parse_cgroups(memberships.value.value_or(""));
  const auto mounts = parse_cgroup_mounts(
      files.text("/proc/self/mountinfo").value.value_or(""));
  const auto cpu = group_of("cpu", groups, mounts);
  const auto memory = group_of("memory", groups, mounts);
  const std::string reason =
      memberships.value ? "no control group" : memberships.why_not;
  const auto bytes = least(files, memory, memory_v1, memory_v2);
  return {
      .version =
          cpu ? Fact<int>::known(cpu->version) : Fact<int>::unknown(reason),
      .path = cpu ? Fact<std::string>::known(cpu->path)
                  : Fact<std::string>::unknown(reason),
      .cpus = least(files, cpu, cpus_v1, cpus_v2),
      .memory_bytes = changed(
          bytes, [](double value) { return static_cast<std::int64_t>(value); }),
      .folder = cpu ? cpu->folder : ""};
}

}  // namespace sockmark
