// The seeds of the fuzz targets, so that what they check holds in every build,
// and does check something.
#include "tests/fuzz/session_check.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/fuzz/seeds.h"
#include "tests/lib/replies.h"

namespace sockmark {
namespace {

TEST(SessionCheck, HoldsForTheHttpSeeds) {
  const auto seeds = seeds_of("http");
  EXPECT_GE(seeds.size(), 30);
  for (const Seed& seed : seeds) check_http_session(seed.bytes);
}

TEST(SessionCheck, HoldsForTheEchoSeeds) {
  const auto seeds = seeds_of("echo");
  EXPECT_GE(seeds.size(), 5);
  for (const Seed& seed : seeds) check_echo_session(seed.bytes);
}

TEST(SessionCheck, HoldsForMoreInputThanAnyBuffer) {
  const std::string requests = repeated(kGet, 1000);
  check_http_session(requests);
  check_echo_session(requests);
}

}  // namespace
}  // namespace sockmark
