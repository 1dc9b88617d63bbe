// Every check of the doctor, on both sides of its limit.
#include "harness/doctor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>

namespace sockmark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

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
Patient healthy() {
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

Findings found(const Patient& patient) {
  return examine(patient.environment, patient.state);
}

struct Ailment {
  std::string id;
  Finding::Severity severity;
  std::string command;  // a part of it
  std::function<void(Patient&)> strike;
};

constexpr auto kUnfit = Finding::Severity::unfit;
constexpr auto kNote = Finding::Severity::note;

const std::vector<Ailment> kAilments = {
    {"one_cpu", kUnfit, "taskset",
     [](Patient& p) {
       p.environment.topology.allowed = known(std::vector{2});
     }},
    {"shared_core", kUnfit, "smt/control",
     [](Patient& p) {
       p.environment.topology.cores =
           known(std::vector<std::vector<int>>{{0, 2}, {1, 3}});
     }},
    {"governor", kUnfit, "performance",
     [](Patient& p) {
       p.environment.frequency.governor = known<std::string>("schedutil");
     }},
    {"turbo", kNote, "cpufreq/boost",
     [](Patient& p) { p.environment.frequency.turbo = known(true); }},
    {"foreign_cpu", kUnfit, "top",
     [](Patient& p) { p.state.busy_share = known(0.02); }},
    {"load_average", kNote, "",
     [](Patient& p) { p.environment.load.load_1m = known(2.1); }},
    {"steal", kUnfit, "",
     [](Patient& p) { p.state.steal_share = known(0.011); }},
    {"clock_source", kUnfit, "",
     [](Patient& p) {
       p.environment.settings.clock_source = known<std::string>("hpet");
     }},
    {"cpu_quota", kUnfit, "",
     [](Patient& p) { p.environment.cgroup.cpus = known(1.5); }},
    {"unpinned_container", kNote, "",
     [](Patient& p) {
       p.environment.virtualisation.container = known<std::string>("docker");
     }},
    {"virtual_machine", kNote, "",
     [](Patient& p) {
       p.environment.virtualisation.hypervisor = known<std::string>("kvm");
     }},
    {"swap", kUnfit, "swapoff",
     [](Patient& p) {
       p.environment.load.swap_used_bytes = known<std::int64_t>(1 << 20);
     }},
    {"descriptors", kUnfit, "ulimit -n 12000",
     [](Patient& p) {
       p.environment.limits.descriptors = known<std::int64_t>(11'999);
     }},
    {"backlog", kUnfit, "somaxconn=4096",
     [](Patient& p) { p.set("net.core.somaxconn", "4095"); }},
    {"port_range", kNote, "ip_local_port_range",
     [](Patient& p) { p.set("net.ipv4.ip_local_port_range", "40000 50000"); }},
    {"time_wait", kNote, "tcp_tw_reuse=2",
     [](Patient& p) { p.set("net.ipv4.tcp_tw_reuse", "0"); }},
    {"syncookies", kNote, "tcp_syncookies=1",
     [](Patient& p) { p.set("net.ipv4.tcp_syncookies", "2"); }},
    {"io_uring", kNote, "io_uring_disabled=0",
     [](Patient& p) { p.set("kernel.io_uring_disabled", "2"); }},
    {"trace_point", kNote, "mount -t tracefs none /sys/kernel/tracing",
     [](Patient& p) { p.state.no_trace_point = "no id"; }},
    {"control_group", kNote, "",
     [](Patient& p) { p.state.no_cgroup = "read-only"; }},
    {"mitigations", kNote, "",
     [](Patient& p) {
       p.environment.settings.mitigations =
           known(std::map<std::string, std::string>{
               {"meltdown", "Mitigation: PTI"}, {"mds", "Vulnerable"}});
     }},
    {"other_sockmark", kUnfit, "kill -INT 77",
     [](Patient& p) { p.state.other_sockmarks = {77}; }},
    {"debug_build", kUnfit, "cmake --preset release",
     [](Patient& p) { p.environment.build.type = "Debug"; }},
    {"no_wrk", kNote, "apt-get install wrk",
     [](Patient& p) { p.environment.tools["wrk"] = {}; }},
    {"no_h2load", kNote, "nghttp2-client",
     [](Patient& p) { p.environment.tools["h2load"] = {}; }},
    {"no_ab", kNote, "apache2-utils",
     [](Patient& p) { p.environment.tools["ab"] = {}; }},
    {"no_gnuplot", kNote, "gnuplot-nox",
     [](Patient& p) { p.environment.tools["gnuplot"] = {}; }},
};

TEST(Doctor, FindsNothingOnAHealthyMachine) {
  EXPECT_THAT(found(healthy()), testing::IsEmpty());
  EXPECT_TRUE(is_fit({}));
}

TEST(Doctor, FindsEachAilmentAndNoOther) {
  for (const Ailment& ailment : kAilments) {
    Patient patient = healthy();
    ailment.strike(patient);
    const Findings findings = found(patient);
    ASSERT_EQ(findings.size(), 1) << ailment.id;
    EXPECT_EQ(findings[0].id, ailment.id);
    EXPECT_EQ(findings[0].severity, ailment.severity) << ailment.id;
    EXPECT_THAT(findings[0].command, HasSubstr(ailment.command));
    EXPECT_NE(findings[0].why, "") << ailment.id;
    EXPECT_EQ(is_fit(findings), ailment.severity == kNote);
  }
}

// What is not known is no fault.
TEST(Doctor, DoesNotJudgeWhatItDoesNotKnow) {
  Patient patient;
  patient.environment.cpus = {.server = {0}, .load = {1}};
  patient.environment.build.type = "Release";
  patient.state.is_root = true;
  EXPECT_THAT(found(patient), testing::IsEmpty());
}

TEST(Doctor, PutsWhatIsUnfitFirst) {
  Patient patient = healthy();
  patient.environment.frequency.turbo = known(true);
  patient.environment.build.type = "";
  const Findings findings = found(patient);
  ASSERT_EQ(findings.size(), 2);
  EXPECT_EQ(findings[0].id, "debug_build");
  EXPECT_EQ(findings[1].id, "turbo");
}

TEST(Doctor, AllowsWhatIsAtTheLimit) {
  Patient patient = healthy();
  patient.state.busy_share = known(0.0125);  // 0.05 of four CPUs
  patient.state.steal_share = known(0.01);
  patient.environment.load.load_1m = known(2.0);
  patient.environment.limits.descriptors = known<std::int64_t>(12'000);
  patient.environment.build.type = "RelWithDebInfo";
  patient.environment.settings.clock_source = known<std::string>("kvm-clock");
  patient.set("net.ipv4.ip_local_port_range", "10000 26383");
  EXPECT_THAT(found(patient), testing::IsEmpty());
}

TEST(Doctor, KnowsWhatRootMayDo) {
  Patient patient = healthy();
  patient.set("kernel.io_uring_disabled", "1");
  EXPECT_THAT(found(patient), testing::IsEmpty());
  patient.state.is_root = false;
  const Findings findings = found(patient);
  ASSERT_EQ(findings.size(), 2);
  EXPECT_EQ(findings[0].id, "io_uring");
  EXPECT_EQ(findings[1].id, "trace_point");
  EXPECT_THAT(findings[1].command, HasSubstr("perf_event_paranoid=-1"));
}

TEST(Doctor, SeesASanitizerInAnOptimisedBuild) {
  Patient patient = healthy();
  patient.environment.build.flags = "-O1 -fsanitize=thread";
  EXPECT_EQ(found(patient).at(0).id, "debug_build");
}

TEST(Doctor, NamesTheSwitchThatTheDriverHas) {
  Patient patient = healthy();
  patient.environment.frequency.turbo = known(true);
  patient.environment.frequency.driver = known<std::string>("intel_pstate");
  EXPECT_THAT(found(patient).at(0).command, HasSubstr("no_turbo"));
}

TEST(Doctor, FindsThatBothShareTheOnlyCpu) {
  Patient patient = healthy();
  patient.environment.topology.online = known(std::vector{0});
  patient.environment.topology.allowed = known(std::vector{0});
  patient.environment.cpus = {};
  const Findings findings = found(patient);
  ASSERT_EQ(findings.size(), 1);
  EXPECT_EQ(findings[0].id, "one_cpu");
  EXPECT_EQ(findings[0].command, "");  // no command makes a CPU
}

TEST(Doctor, FindsNoiseThatHidesDifferences) {
  WorkloadNoise noise;
  noise.workload = "long";
  EXPECT_THAT(examine_noise({noise}), testing::IsEmpty());
  noise.requests_per_second = Noise();
  noise.requests_per_second->smallest_difference = kCoarsest;
  EXPECT_THAT(examine_noise({noise}), testing::IsEmpty());
  noise.requests_per_second->smallest_difference = 0.21;
  const Findings findings = examine_noise({noise});
  ASSERT_EQ(findings.size(), 1);
  EXPECT_THAT(findings[0].what, HasSubstr("21.0 %"));
  EXPECT_FALSE(is_fit(findings));
}

}  // namespace
}  // namespace sockmark
