#include "lib/duration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace sockmark {
namespace {

using namespace std::chrono_literals;

TEST(Duration, IsReadInEveryUnit) {
  EXPECT_EQ(parse_duration("7ns"), 7ns);
  EXPECT_EQ(parse_duration("500us"), 500us);
  EXPECT_EQ(parse_duration("10ms"), 10ms);
  EXPECT_EQ(parse_duration("2s"), 2s);
  EXPECT_EQ(parse_duration("3m"), 3min);
  EXPECT_EQ(parse_duration("0s"), 0s);
}

TEST(Duration, IsReadWithAFraction) {
  EXPECT_EQ(parse_duration("1.5ms"), 1500us);
  EXPECT_EQ(parse_duration("0.5s"), 500ms);
  EXPECT_EQ(parse_duration(".5m"), 30s);
}

// 1.001 has no exact double: cut off instead of rounded, a nanosecond is lost.
TEST(Duration, IsReadToTheNearestNanosecond) {
  for (int thousandths = 1000; thousandths < 10'000; ++thousandths) {
    const std::string digits = std::to_string(thousandths);
    const std::string text = digits.substr(0, 1) + "." + digits.substr(1);
    ASSERT_EQ(parse_duration(text + "us"),
              std::chrono::nanoseconds(thousandths))
        << text;
  }
}

TEST(Duration, IsRefusedWithoutANumberAndAUnit) {
  for (const std::string text :
       {"", "5", "ms", "-1s", "-1", "1 s", " 1s", "1s ", "1h", "1S", "1.5.5s",
        "1,5s", "0x5s", "s5", "nans", "infs", "1sms"}) {
    EXPECT_THROW(parse_duration(text), std::invalid_argument) << text;
  }
}

TEST(Duration, IsRefusedWhenTheClockCannotHoldIt) {
  EXPECT_THROW(parse_duration("1e30s"), std::invalid_argument);
  EXPECT_THROW(parse_duration("9223372036854775808ns"), std::invalid_argument);
  EXPECT_EQ(parse_duration("1000000000s"), 1'000'000'000s);
}

TEST(Duration, IsRefusedWithWordsThatSayWhatWasExpected) {
  try {
    parse_duration("5 parsecs");
    FAIL();
  } catch (const std::invalid_argument& bad) {
    EXPECT_THAT(bad.what(), testing::HasSubstr("5 parsecs"));
    EXPECT_THAT(bad.what(), testing::HasSubstr("10ms"));
  }
}

TEST(Duration, IsWrittenWithThreeDigitsInTheLargestFittingUnit) {
  EXPECT_EQ(format_duration(0ns), "0 ns");
  EXPECT_EQ(format_duration(1ns), "1 ns");
  EXPECT_EQ(format_duration(999ns), "999 ns");
  EXPECT_EQ(format_duration(1000ns), "1.00 us");
  EXPECT_EQ(format_duration(85'210ns), "85.2 us");
  EXPECT_EQ(format_duration(852'100ns), "852 us");
  EXPECT_EQ(format_duration(1200us), "1.20 ms");
  EXPECT_EQ(format_duration(2s), "2.00 s");
  EXPECT_EQ(format_duration(90s), "90.0 s");
  EXPECT_EQ(format_duration(10min), "600 s");
}

TEST(Duration, IsWrittenWithThreeDigitsWhenRoundingAddsOne) {
  EXPECT_EQ(format_duration(9'994ns), "9.99 us");
  EXPECT_EQ(format_duration(9'996ns), "10.0 us");
  EXPECT_EQ(format_duration(99'960ns), "100 us");
  EXPECT_EQ(format_duration(999'400ns), "999 us");
  EXPECT_EQ(format_duration(999'600ns), "1.00 ms");
}

}  // namespace
}  // namespace sockmark
