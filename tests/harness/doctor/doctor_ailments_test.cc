// Every check of the doctor finds what it is for, and nothing else does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "harness/doctor/doctor.h"
#include "tests/harness/patient.h"

namespace sockmark {
namespace {

using testing::HasSubstr;

DoctorFindings found(const Patient& patient) {
  return examine(patient.environment, patient.state);
}

struct Ailment {
  std::string id;
  DoctorFinding::Severity severity;
  std::string command;  // a part of it
  std::function<void(Patient&)> strike;
};

constexpr auto kUnfit = DoctorFinding::Severity::unfit;
constexpr auto kNote = DoctorFinding::Severity::note;

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
    const DoctorFindings findings = found(patient);
    ASSERT_EQ(findings.size(), 1) << ailment.id;
    EXPECT_EQ(findings[0].id, ailment.id);
    EXPECT_EQ(findings[0].severity, ailment.severity) << ailment.id;
    EXPECT_THAT(findings[0].command, HasSubstr(ailment.command));
    EXPECT_NE(findings[0].why, "") << ailment.id;
    EXPECT_EQ(is_fit(findings), ailment.severity == kNote);
  }
}

}  // namespace
}  // namespace sockmark
