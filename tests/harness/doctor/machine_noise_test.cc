#include "harness/doctor/machine_noise.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/server/model.h"
#include "harness/server/server_choice.h"

namespace sockmark {
namespace {

using testing::HasSubstr;

constexpr NoiseTrials kBrief{.pairs = 2,
                             .duration = std::chrono::milliseconds(150),
                             .warmup = std::chrono::milliseconds(0),
                             .budget = std::chrono::seconds(60)};

TEST(MeasureNoise, MeasuresAServerAgainstItself) {
  const auto models = select_servers(
      read_models(std::string(SERVER_DIR) + "/MODELS"), {"epoll_lt"});
  const std::atomic<bool> stop = false;
  const auto noise = measure_noise(models.front(), {}, kBrief, stop);
  ASSERT_EQ(noise.size(), 2);
  for (const WorkloadNoise& workload : noise) {
    EXPECT_EQ(workload.pairs, 2);
    ASSERT_TRUE(workload.requests_per_second) << workload.why_not;
    EXPECT_GT(workload.requests_per_second->ratio.median, 0);
  }
}

TEST(MeasureNoise, SaysWhyThereIsNone) {
  ServerSpec broken;
  broken.name = "broken";
  broken.command = {"/nowhere/server"};
  const std::atomic<bool> stop = false;
  const auto noise = measure_noise(broken, {}, kBrief, stop);
  ASSERT_EQ(noise.size(), 2);
  EXPECT_FALSE(noise[0].requests_per_second);
  EXPECT_THAT(noise[0].why_not, HasSubstr("/nowhere/server"));
}

TEST(MeasureNoise, EndsWhenItIsTold) {
  const std::atomic<bool> stop = true;
  EXPECT_EQ(measure_noise({}, {}, kBrief, stop).at(0).pairs, 0);
}

}  // namespace
}  // namespace sockmark
