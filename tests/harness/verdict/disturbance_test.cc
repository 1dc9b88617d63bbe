#include "harness/verdict/disturbance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sockmark {
namespace {

using testing::HasSubstr;

constexpr double kSecond = 1e9;

// A second's window on two CPUs.
MachineUse machine(double foreign_share, double steal_share) {
  MachineUse use;
  use.window_ns = 1'000'000'000;
  use.cpus = 2;
  use.foreign_cpu_ns = static_cast<std::int64_t>(foreign_share * kSecond);
  use.steal_ns = static_cast<std::int64_t>(steal_share * 2 * kSecond);
  return use;
}

TEST(Disturbance, IsNoneOnAQuietMachine) {
  EXPECT_EQ(disturbance_of({}), "");
  EXPECT_EQ(disturbance_of({machine(0, 0), machine(0.04, 0.009)}), "");
}

TEST(Disturbance, IsForeignCpuOverTheWholeBlock) {
  EXPECT_THAT(disturbance_of({machine(0.06, 0), machine(0.05, 0)}),
              HasSubstr("used 5.5 % of a core on average"));
  EXPECT_EQ(disturbance_of({machine(0.09, 0), machine(0, 0)}), "");
}

TEST(Disturbance, IsStealOfAllCpusTime) {
  EXPECT_THAT(disturbance_of({machine(0, 0.012), machine(0, 0.01)}),
              HasSubstr("hypervisor took 1.1 %"));
}

TEST(Disturbance, IsASingleTrialThatWasHit) {
  std::vector<MachineUse> trials(20, machine(0, 0));
  trials[7] = machine(0.3, 0);
  EXPECT_THAT(disturbance_of(trials), HasSubstr("during one trial"));
  trials[7] = machine(0, 0.06);
  EXPECT_THAT(disturbance_of(trials), HasSubstr("during one trial"));
}

TEST(Disturbance, IsNotWhatCouldNotBeMeasured) {
  MachineUse unknown;
  EXPECT_EQ(disturbance_of({unknown, machine(0.02, 0)}), "");
  MachineUse no_window = machine(0.9, 0.9);
  no_window.window_ns.reset();
  EXPECT_EQ(disturbance_of({no_window}), "");
}

}  // namespace
}  // namespace sockmark
