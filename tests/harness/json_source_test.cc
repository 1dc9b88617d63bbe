#include "harness/json_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "harness/json_object.h"

namespace sockmark {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

constexpr const char* kText = R"(// a comment
{
  "a": 1, /* and
  another */
  "list": [
    {"x": 1},
    {
      "x": [1,
            2]
    }
  ]
}
)";

TEST(JsonSource, KnowsTheLineOfEveryKeyAndElement) {
  const JsonSource source("my.json", kText);
  EXPECT_EQ(source.line_of("/a"), 3);
  EXPECT_EQ(source.line_of("/list"), 5);
  EXPECT_EQ(source.line_of("/list/0"), 6);
  EXPECT_EQ(source.line_of("/list/1"), 7);
  EXPECT_EQ(source.line_of("/list/1/x"), 8);
  EXPECT_EQ(source.line_of("/list/1/missing"), 7);
  EXPECT_EQ(source.line_of("/nothing"), 2);
}

void expect_refused(const std::string& text, const std::string& said) {
  EXPECT_THAT([&] { JsonSource("my.json", text); },
              ThrowsMessage<std::runtime_error>(HasSubstr(said)))
      << text;
}

TEST(JsonSource, NamesTheLineOfAMistake) {
  expect_refused("{\n  \"a\": 1\n  \"b\": 2}", "my.json:3: syntax error");
  expect_refused("{\n\"a\": 1,\n\"a\": 2}", "my.json:3: \"a\" stands twice");
  expect_refused("[]", "my.json:1: expected an object");
  expect_refused("", "my.json:1: syntax error");
  expect_refused("{} {}", "syntax error");
}

TEST(JsonSource, NamesAFileThatCannotBeRead) {
  EXPECT_THAT([] { JsonSource::read("/nowhere/my.json"); },
              ThrowsMessage<std::runtime_error>(HasSubstr("/nowhere/my.json")));
}

TEST(JsonObject, GivesNothingForAMissingKey) {
  const JsonSource source("my.json", "{}");
  JsonObject object(source, "");
  EXPECT_FALSE(object.text("a"));
  EXPECT_FALSE(object.truth("a"));
  EXPECT_FALSE(object.number("a", {.from = 0, .to = 1}));
  EXPECT_TRUE(object.texts("a").empty());
  object.refuse_unknown_keys();
}

TEST(JsonObject, RefusesKeysThatNobodyAskedFor) {
  const JsonSource source("my.json", "{\"a\": \"x\",\n\"b\": 1}");
  JsonObject object(source, "");
  EXPECT_EQ(object.text("a"), "x");
  EXPECT_THAT([&] { object.refuse_unknown_keys(); },
              ThrowsMessage<std::runtime_error>(
                  HasSubstr("my.json:2: unknown key \"b\"")));
}

}  // namespace
}  // namespace sockmark
