// The seeds of the fuzz target, in every build.
#include "tests/fuzz/target_check.h"

#include <gtest/gtest.h>

#include "tests/fuzz/seeds.h"

namespace sockmark {
namespace {

TEST(TargetCheck, HoldsForTheSeeds) {
  const auto seeds = seeds_of("target");
  EXPECT_GE(seeds.size(), 10);
  for (const Seed& seed : seeds) check_target(seed.bytes);
}

TEST(TargetCheck, HoldsForAnyByteInAnyPlace) {
  for (int code = 0; code < 256; ++code) {
    const auto byte = static_cast<char>(code);
    for (const Seed& seed : seeds_of("target")) {
      for (std::size_t i = 0; i <= seed.bytes.size(); ++i) {
        std::string url = seed.bytes;
        url.insert(i, 1, byte);
        check_target(url);
      }
    }
  }
}

}  // namespace
}  // namespace sockmark
