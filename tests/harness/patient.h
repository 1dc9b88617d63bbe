// A machine for the doctor, of which a test can make what it wants.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "harness/machine/environment.h"
#include "harness/machine/machine_state.h"

namespace sockmark {

template <typename T>
Fact<T> known(T value) {
  return Fact<T>::known(std::move(value));
}

struct Patient {
  Environment environment;
  MachineState state;

  void set(const std::string& sysctl, const std::string& value) {
    environment.settings.sysctls[sysctl] = known(value);
  }
};

// Nothing ails it.
inline Patient healthy() {
  Patient patient;
  Environment& e = patient.environment;
  e.cpus = {.server = {0, 1}, .load = {2, 3}};
  e.topology.online = e.topology.allowed = known(std::vector{0, 1, 2, 3});
  e.topology.cores = known(std::vector<std::vector<int>>{{0}, {1}, {2}, {3}});
  e.frequency.governor = known<std::string>("performance");
  e.frequency.turbo = known(false);
  e.settings.clock_source = known<std::string>("tsc");
  e.settings.mitigations =
      known(std::map<std::string, std::string>{{"mds", "Not affected"}});
  e.load.load_1m = known(0.1);
  e.load.swap_used_bytes = known<std::int64_t>(0);
  e.limits.descriptors = known<std::int64_t>(20'000);
  e.virtualisation.hypervisor = known<std::string>("none");
  e.virtualisation.container = known<std::string>("none");
  e.build.type = "Release";
  for (const char* const tool : {"wrk", "h2load", "ab", "gnuplot"}) {
    e.tools[tool] = known<std::string>("1.0");
  }
  patient.set("net.core.somaxconn", "4096");
  patient.set("net.ipv4.ip_local_port_range", "32768\t60999");
  patient.set("net.ipv4.tcp_tw_reuse", "2");
  patient.set("net.ipv4.tcp_syncookies", "1");
  patient.set("kernel.io_uring_disabled", "0");
  patient.set("kernel.perf_event_paranoid", "2");
  patient.state.busy_share = known(0.01);
  patient.state.steal_share = known(0.0);
  patient.state.is_root = true;
  return patient;
}

}  // namespace sockmark
