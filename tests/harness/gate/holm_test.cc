#include "harness/gate/holm.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace sockmark {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(Holm, AsksMostOfTheRarest) {
  EXPECT_THAT(adjusted_by_holm(std::array{0.04, 0.01, 0.03}),
              ElementsAre(DoubleNear(0.06, 1e-12), DoubleNear(0.03, 1e-12),
                          DoubleNear(0.06, 1e-12)));
}

TEST(Holm, BelievesNoneBeforeARarerOne) {
  // 4 * 0.02 = 0.08 holds back 3 * 0.021 and 2 * 0.022.
  EXPECT_THAT(adjusted_by_holm(std::array{0.022, 0.021, 0.02, 0.9}),
              ElementsAre(DoubleNear(0.08, 1e-12), DoubleNear(0.08, 1e-12),
                          DoubleNear(0.08, 1e-12), DoubleNear(0.9, 1e-12)));
}

TEST(Holm, LeavesOneAsItIs) {
  EXPECT_THAT(adjusted_by_holm(std::array{0.2}), ElementsAre(0.2));
}

TEST(Holm, KnowsNoProbabilityAboveOne) {
  EXPECT_THAT(adjusted_by_holm(std::array{0.6, 1.0}), ElementsAre(1.0, 1.0));
}

TEST(Holm, OfNothingIsNothing) { EXPECT_THAT(adjusted_by_holm({}), IsEmpty()); }

}  // namespace
}  // namespace sockmark
