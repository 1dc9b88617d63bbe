#include "harness/machine/environment.h"

#include <fmt/chrono.h>
#include <sys/utsname.h>

#include <ctime>
#include <sstream>

namespace sockmark {
namespace {

Fact<std::string> os_name(const SystemFiles& files) {
  auto release = files.text("/etc/os-release");
  if (!release.value) return release;
  const auto name = value_of(*release.value, "PRETTY_NAME", '=');
  return name ? Fact<std::string>::known(*name)
              : Fact<std::string>::unknown("no PRETTY_NAME in /etc/os-release");
}

// Separated by NUL, the last one too.
std::vector<std::string> read_argv(const SystemFiles& files) {
  std::istringstream line(files.text("/proc/self/cmdline").value.value_or(""));
  std::vector<std::string> argv;
  for (std::string word; std::getline(line, word, '\0');) argv.push_back(word);
  return argv;
}

// It prints "none" and exits with 1 where there is nothing to detect.
std::optional<std::string> detect_virt(const std::string& what) {
  return first_line_of({"sh", "-c",
                        "command -v systemd-detect-virt >/dev/null && "
                        "{ systemd-detect-virt " +
                            what + " || true; }"});
}

}  // namespace

Environment read_environment(const SystemFiles& files, const CpuPlan& cpus,
                             const std::optional<std::string>& preset) {
  utsname names{};
  uname(&names);
  const auto cpuinfo = files.text("/proc/cpuinfo");
  return {.date = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                              fmt::gmtime(std::time(nullptr))),
          .kernel = names.release,
          .architecture = names.machine,
          .os = os_name(files),
          .processor = parse_processor(cpuinfo.value.value_or("")),
          .topology = read_cpu_topology(files),
          .frequency = read_cpu_frequency(files),
          .cpus = cpus,
          .settings = read_kernel_settings(files),
          .limits = read_limits(files),
          .load = read_machine_load(files),
          .cgroup = read_cgroup_limits(files),
          .virtualisation = read_virtualisation(
              files, {.hypervisor = detect_virt("--vm"),
                      .container = detect_virt("--container")}),
          .build = read_build(),
          .tools = read_tool_versions(),
          .argv = read_argv(files),
          .preset = preset ? Fact<std::string>::known(*preset)
                           : Fact<std::string>::unknown("not of a run")};
}

Fact<bool> server_and_load_share_a_core(const Environment& environment) {
  const CpuPlan& cpus = environment.cpus;
  if (cpus.server.empty() || cpus.load.empty()) return Fact<bool>::known(true);
  return share_a_core(environment.topology, cpus.server, cpus.load);
}

std::string describe_environment(const CpuPlan& cpus,
                                 const std::optional<std::string>& preset) {
  return to_json(read_environment(SystemFiles(), cpus, preset));
}

}  // namespace sockmark
