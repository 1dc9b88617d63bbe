#include "harness/machine/system_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/harness/fake_machine.h"

namespace sockmark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(SystemFiles, ReadsUnderItsRoot) {
  FakeMachine machine;
  machine.with("/proc/sys/kernel/pid_max", " 32768 \nmore\n");
  EXPECT_EQ(machine.files().text("/proc/sys/kernel/pid_max").value,
            " 32768 \nmore\n");
  EXPECT_EQ(machine.files().line("/proc/sys/kernel/pid_max").value, "32768");
  EXPECT_EQ(machine.files().number("/proc/sys/kernel/pid_max").value, 32768);
  EXPECT_TRUE(machine.files().exists("/proc/sys"));
  EXPECT_FALSE(machine.files().exists("/proc/self"));
}

TEST(SystemFiles, SaysWhichFileIsNotThere) {
  const FakeMachine machine;
  const auto missing = machine.files().number("/proc/nothing");
  EXPECT_FALSE(missing.value);
  EXPECT_EQ(missing.why_not, "no /proc/nothing");
}

TEST(SystemFiles, SaysThatAFileHoldsNoNumber) {
  FakeMachine machine;
  machine.with("/sys/max", "max\n");
  EXPECT_EQ(machine.files().number("/sys/max").why_not,
            "/sys/max holds no number");
}

TEST(SystemFiles, ListsAFolderInOrder) {
  FakeMachine machine;
  machine.with("/sys/b", "").with("/sys/a", "");
  EXPECT_THAT(machine.files().names_in("/sys"), ElementsAre("a", "b"));
  EXPECT_THAT(machine.files().names_in("/nowhere"), ElementsAre());
}

TEST(ParseInteger, TakesTheWholeTextOrNothing) {
  EXPECT_EQ(parse_integer("-1"), -1);
  for (const char* const text :
       {"", "1 ", "0x1", "max", "99999999999999999999"})
    EXPECT_EQ(parse_integer(text), std::nullopt) << text;
}

TEST(ValueOf, FindsTheFirstLineOfItsKey) {
  const std::string text = "model\t: 85\nmodel name\t: Xeon\nmodel\t: 2\n";
  EXPECT_EQ(value_of(text, "model", ':'), "85");
  EXPECT_EQ(value_of(text, "model name", ':'), "Xeon");
  EXPECT_EQ(value_of(text, "stepping", ':'), std::nullopt);
  EXPECT_EQ(value_of("PRETTY_NAME=\"Debian\"\n", "PRETTY_NAME", '='), "Debian");
}

}  // namespace
}  // namespace sockmark
