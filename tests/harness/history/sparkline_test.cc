#include "harness/history/sparkline.h"

#include <gtest/gtest.h>

#include <vector>

#include "harness/text/text.h"

namespace sockmark {
namespace {

TEST(Sparkline, GoesFromTheLowestToTheHighest) {
  EXPECT_EQ(sparkline(std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8}, 8),
            "▁▂▃▄▅▆▇█");
}

TEST(Sparkline, ShowsNoMountainsOfNoise) {
  EXPECT_EQ(sparkline(std::vector<double>{100, 100.1, 99.9}, 8), "▅▅▄");
  EXPECT_EQ(sparkline(std::vector<double>{7, 7}, 8), "▅▅");
}

TEST(Sparkline, IsNoWiderThanItMayBe) {
  std::vector<double> values(99, 1);
  values[40] = 100;  // an outlier is not the median of its group
  for (std::size_t i = 66; i < 99; ++i) values[i] = 2;
  EXPECT_EQ(sparkline(values, 3), "▁▁█");
  EXPECT_EQ(display_width(sparkline(values, 40)), 40);
  EXPECT_EQ(sparkline({}, 10), "");
}

}  // namespace
}  // namespace sockmark
