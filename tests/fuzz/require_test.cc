#include "tests/fuzz/require.h"

#include <gtest/gtest.h>

namespace sockmark {
namespace {

TEST(RequireDeathTest, AbortsWithAMessage) {
  EXPECT_DEATH(require(false, "misbehaves", "whole", "a\n"),
               "it misbehaves\nway: whole\ninput: a.x0a");
}

}  // namespace
}  // namespace sockmark
