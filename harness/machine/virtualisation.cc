#include "harness/machine/virtualisation.h"

#include "harness/machine/processor.h"

namespace sockmark {
namespace {

using Name = Fact<std::string>;

Name hypervisor(const SystemFiles& files,
                const std::optional<std::string>& detected) {
  if (detected) return Name::known(*detected);
  auto type = files.line("/sys/hypervisor/type");  // Xen's
  if (type.value) return type;
  const auto cpuinfo = files.text("/proc/cpuinfo");
  const auto flag =
      parse_processor(cpuinfo.value.value_or("")).hypervisor.value;
  if (flag && !*flag) return Name::known("none");
  return Name::unknown(
      flag ? "there is one, but without systemd-detect-virt not which"
           : "neither systemd-detect-virt nor a flag in /proc/cpuinfo");
}

// Signs that container runtimes leave. Without one there may still be a
// container, but none that anybody would know.
Name container(const SystemFiles& files,
               const std::optional<std::string>& detected) {
  if (detected && *detected != "none") return Name::known(*detected);
  if (files.exists("/.dockerenv")) return Name::known("docker");
  if (files.exists("/run/.containerenv")) return Name::known("podman");
  const auto groups = files.text("/proc/1/cgroup").value.value_or("");
  for (const char* const runtime : {"docker", "kubepods", "lxc"}) {
    if (groups.find(runtime) != std::string::npos) return Name::known(runtime);
  }
  if (detected) return Name::known("none");
  if (files.exists("/proc/1/cgroup")) return Name::known("none");
  return Name::unknown("neither systemd-detect-virt nor /proc/1/cgroup");
}

}  // namespace

Virtualisation read_virtualisation(const SystemFiles& files,
                                   const DetectedVirtualisation& detected) {
  return {.hypervisor = hypervisor(files, detected.hypervisor),
          .container = container(files, detected.container),
          .vendor = files.line("/sys/class/dmi/id/sys_vendor"),
          .product = files.line("/sys/class/dmi/id/product_name")};
}

}  // namespace sockmark
