#include "harness/text/json_positions.h"

#include <gtest/gtest.h>

namespace sockmark {
namespace {

std::string place(const std::string& json, const std::string& pointer) {
  const JsonPositions positions = find_positions(json);
  const auto found = positions.at.find(pointer);
  if (found == positions.at.end()) return "nowhere";
  return std::to_string(found->second.line) + ":" +
         std::to_string(found->second.column);
}

TEST(JsonPositions, OfMembersAreThoseOfTheirKeys) {
  const std::string json = "{\n  \"a\": 1,\n  \"b\": {\"c\":\n 2}\n}";
  EXPECT_EQ(place(json, ""), "1:1");
  EXPECT_EQ(place(json, "/a"), "2:3");
  EXPECT_EQ(place(json, "/b"), "3:3");
  EXPECT_EQ(place(json, "/b/c"), "3:9");
  EXPECT_EQ(place(json, "/c"), "nowhere");
}

TEST(JsonPositions, OfItemsAreWhereTheyBegin) {
  const std::string json = R"([1, "two", [true,null], {"x": -3e4}])";
  EXPECT_EQ(place(json, "/0"), "1:2");
  EXPECT_EQ(place(json, "/1"), "1:5");
  EXPECT_EQ(place(json, "/2"), "1:12");
  EXPECT_EQ(place(json, "/2/1"), "1:18");
  EXPECT_EQ(place(json, "/3/x"), "1:26");
}

TEST(JsonPositions, AreNotMisledByCommentsAndText) {
  const std::string json =
      "// {\"a\": 1}\n/* [\n \" */ {\"s\": \"}, \\\"x\\\": /*\", // ,\n\"a\": "
      "1}";
  EXPECT_EQ(place(json, "/s"), "3:8");
  EXPECT_EQ(place(json, "/a"), "4:1");
  EXPECT_EQ(place(json, "/x"), "nowhere");
}

TEST(JsonPositions, CountCharactersAndNotBytes) {
  EXPECT_EQ(place("{\"ä\": [\"日本\", 1]}", "/ä/1"), "1:14");
}

TEST(JsonPositions, KnowKeysByWhatTheyMean) {
  EXPECT_EQ(place(R"({"\u0061/b~": 1})", "/a~1b~0"), "1:2");
}

TEST(JsonPositions, TellKeysThatStandTwice) {
  const auto repeated =
      find_positions("{\"a\": {\"b\": 1},\n \"c\": {\"b\": 2, \"b\": 3}}")
          .repeated;
  ASSERT_EQ(repeated.size(), 1);
  EXPECT_EQ(repeated[0].first, "/c/b");
  EXPECT_EQ(repeated[0].second.line, 2);
  EXPECT_EQ(repeated[0].second.column, 16);
}

TEST(JsonPositions, ExistForWhatIsNestedDeeperThanAStack) {
  const std::string json =
      std::string(100'000, '[') + std::string(100'000, ']');
  EXPECT_EQ(position_in(json, json.size()).column, 200'001);
  EXPECT_EQ(place("[[[[1]]]]", "/0/0/0/0"), "1:5");
}

}  // namespace
}  // namespace sockmark
