#include "harness/environment.h"

#include <fmt/chrono.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <chrono>
#include <ctime>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "harness/child.h"
#include "harness/record.h"
#include "harness/version.h"
#include "lib/http.h"

namespace sockmark {
namespace {

using Json = nlohmann::ordered_json;

// Collects fields; one that is missing becomes null, with its reason.
class Fields {
 public:
  void put(const char* name, Json value) { json_[name] = std::move(value); }

  void put(const char* name, const std::optional<std::string>& value,
           const std::string& why_not) {
    json_[name] = value ? Json(*value) : Json(nullptr);
    if (!value) unavailable_[name] = why_not;
  }

  // The first line of a file.
  void put_file(const char* name, const std::string& path) {
    std::ifstream file(path);
    std::string line;
    const bool is_there = static_cast<bool>(std::getline(file, line));
    put(name, is_there ? std::optional(std::string(trim(line))) : std::nullopt,
        "no " + path);
  }

  std::string dump() {
    json_["unavailable"] = unavailable_;
    return json_.dump(2);
  }

 private:
  Json json_;
  Json unavailable_ = Json::object();
};

// The value behind "key : value" or "key=value", the first of its kind.
std::optional<std::string> value_in(const std::string& path,
                                    std::string_view key, char separator) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const auto at = line.find(separator);
    if (at == std::string::npos || trim(line.substr(0, at)) != key) continue;
    std::string value(trim(line.substr(at + 1)));
    std::erase(value, '"');
    return value;
  }
  return std::nullopt;
}

// What a command prints, if it ends well.
std::optional<std::string> output_of(const std::vector<std::string>& argv) {
  constexpr std::chrono::seconds kPatience(5);
  try {
    Child child({.argv = argv, .cpus = {}});
    const auto ending = child.wait_for(kPatience);
    if (!ending || !ending->clean()) return std::nullopt;
    return std::string(trim(child.out().substr(0, child.out().find('\n'))));
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

void put_git(Fields& fields) {
  fields.put("git_commit",
             output_of({"git", "rev-parse", "--short=12", "HEAD"}),
             "not in a git checkout");
  const auto changes =
      output_of({"git", "status", "--porcelain", "--untracked-files=no"});
  fields.put("git_dirty", changes ? Json(!changes->empty()) : Json(nullptr));
}

void put_limits(Fields& fields) {
  rlimit descriptors{};
  getrlimit(RLIMIT_NOFILE, &descriptors);
  fields.put("descriptors_limit", descriptors.rlim_cur);
  fields.put_file("somaxconn", "/proc/sys/net/core/somaxconn");
  fields.put_file("port_range", "/proc/sys/net/ipv4/ip_local_port_range");
  fields.put_file("tcp_tw_reuse", "/proc/sys/net/ipv4/tcp_tw_reuse");
}

}  // namespace

std::string describe_environment(const CpuPlan& cpus) {
  utsname names{};
  uname(&names);
  Fields fields;
  fields.put("schema_version", kSchemaVersion);
  fields.put("date", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                                 fmt::gmtime(std::time(nullptr))));
  fields.put("cpu_model", value_in("/proc/cpuinfo", "model name", ':'),
             "no model name in /proc/cpuinfo");
  fields.put("cpus", sysconf(_SC_NPROCESSORS_ONLN));
  fields.put("cpus_of_server", cpus.server);
  fields.put("cpus_of_load", cpus.load);
  fields.put("memory_bytes", sysconf(_SC_PHYS_PAGES) * sysconf(_SC_PAGESIZE));
  fields.put("kernel", std::string(names.release));
  fields.put("architecture", std::string(names.machine));
  fields.put("os", value_in("/etc/os-release", "PRETTY_NAME", '='),
             "no /etc/os-release");
  fields.put_file("governor",
                  "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
  fields.put_file(
      "clock_source",
      "/sys/devices/system/clocksource/clocksource0/current_clocksource");
  fields.put_file("load_average", "/proc/loadavg");
  put_limits(fields);
  put_git(fields);
  fields.put("sockmark_version", kVersion);
  fields.put("compiler", kCompiler);
  fields.put("build_type", kBuildType);
  return fields.dump();
}

}  // namespace sockmark
