// Whether the machine is a virtual one, and whether we are in a container.
#pragma once

#include <string>

#include "harness/machine/fact.h"
#include "harness/machine/system_files.h"

namespace sockmark {

struct Virtualisation {
  Fact<std::string> hypervisor;  // "none", "kvm", "vmware"
  Fact<std::string> container;   // "none", "docker", "lxc"
  Fact<std::string> vendor;      // of the machine, by its firmware (DMI)
  Fact<std::string> product;
};

// What systemd-detect-virt says, each a word; absent where it is not installed.
struct DetectedVirtualisation {
  std::optional<std::string> hypervisor;
  std::optional<std::string> container;
};

Virtualisation read_virtualisation(const SystemFiles& files,
                                   const DetectedVirtualisation& detected);

}  // namespace sockmark
