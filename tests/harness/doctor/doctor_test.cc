// What the doctor's checks do at their limits and in special cases.
#include "harness/doctor/doctor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/harness/patient.h"

namespace sockmark {
namespace {

using testing::HasSubstr;

DoctorFindings found(const Patient& patient) {
  return examine(patient.environment, patient.state);
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
  const DoctorFindings findings = found(patient);
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
  const DoctorFindings findings = found(patient);
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
  const DoctorFindings findings = found(patient);
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
  const DoctorFindings findings = examine_noise({noise});
  ASSERT_EQ(findings.size(), 1);
  EXPECT_THAT(findings[0].what, HasSubstr("21.0 %"));
  EXPECT_FALSE(is_fit(findings));
}

}  // namespace
}  // namespace sockmark
