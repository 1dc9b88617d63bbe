#include "harness/text/nearest_name.h"

#include <gtest/gtest.h>

namespace sockmark {
namespace {

const std::vector<std::string> kNames = {"name", "command", "stop", "port"};

TEST(NearestName, IsAtMostTwoLettersAway) {
  EXPECT_EQ(nearest_name("comand", kNames), "command");
  EXPECT_EQ(nearest_name("commands", kNames), "command");
  EXPECT_EQ(nearest_name("prot", {"proto"}), "proto");
  EXPECT_EQ(nearest_name("comma", kNames), "command");
  EXPECT_FALSE(nearest_name("comm", kNames));
}

TEST(NearestName, OfAShortOneIsNearer) {
  EXPECT_EQ(nearest_name("stopp", kNames), "stop");
  EXPECT_FALSE(nearest_name("x", kNames));
  EXPECT_FALSE(nearest_name("", kNames));
  EXPECT_FALSE(nearest_name("pole", kNames));
}

TEST(NearestName, IsSuggestedInWords) {
  EXPECT_EQ(suggestion("nam", kNames), " (did you mean 'name'?)");
  EXPECT_EQ(suggestion("quite_another", kNames), "");
}

}  // namespace
}  // namespace sockmark
