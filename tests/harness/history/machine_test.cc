#include "harness/history/machine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/harness/synthetic_history.h"

namespace sockmark {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Machine machine(const std::string& kernel) {
  return machine_of(environment_of({.kernel = kernel}));
}

TEST(Machine, IsTheSameWhileOnlyFixesDiffer) {
  EXPECT_EQ(machine("6.1.0-18-amd64"), machine("6.1.124"));
  EXPECT_THAT(differences(machine("6.1.0"), machine("6.1.9")), IsEmpty());
}

TEST(Machine, SaysWhatDiffers) {
  EXPECT_THAT(differences(machine("6.10.1"), machine("6.1.0")),
              ElementsAre("kernel 6.10 instead of 6.1"));
  const Machine bare = machine_of(R"({"kernel":"6.1.0"})");
  EXPECT_THAT(differences(bare, machine("6.1.0")),
              testing::Contains("CPU unknown instead of EPYC 7B13"));
}

TEST(Machine, IsDescribedByWhatIsKnown) {
  EXPECT_EQ(describe(machine("6.1.0")),
            "EPYC 7B13 · 2 CPUs · Linux 6.1 · kvm · GNU 12.2.0 · loadgen "
            "0.1.0");
  EXPECT_EQ(describe(machine_of("{}")), "");
}

TEST(Machine, IsNotInTextThatIsNoEnvironment) {
  for (const char* const text : {"", "[]", "{", "7"}) {
    EXPECT_THROW(machine_of(text), std::runtime_error) << text;
  }
}

}  // namespace
}  // namespace sockmark
