// The seeds of the fuzz target, in every build.
#include "tests/fuzz/options_check.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/fuzz/seeds.h"

namespace sockmark {
namespace {

TEST(OptionsCheck, HoldsForTheSeeds) {
  const auto seeds = seeds_of("options");
  EXPECT_GE(seeds.size(), 10);
  for (const Seed& seed : seeds) check_options(seed.bytes);
}

TEST(OptionsCheck, HoldsForSeedsCutShort) {
  for (const Seed& seed : seeds_of("options")) {
    for (std::size_t size = 0; size < seed.bytes.size(); ++size) {
      check_options(seed.bytes.substr(0, size));
    }
  }
}

}  // namespace
}  // namespace sockmark
