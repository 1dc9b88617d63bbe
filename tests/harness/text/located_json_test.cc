#include "harness/text/located_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/harness/temporary_folder.h"

namespace sockmark {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using testing::ThrowsMessage;

LocatedJson parsed(const std::string& text) {
  return LocatedJson::parse(text, "my.json");
}

// What `read` says of the member "a" of an object that has this value there.
template <typename Read>
std::string mistake(const std::string& value, const Read& read) {
  try {
    read(parsed("{\n  \"a\": " + value + "}").at("a"));
  } catch (const std::runtime_error& refused) {
    return refused.what();
  }
  return "fine";
}

TEST(LocatedJson, GivesNothingForWhatIsMissingOrNull) {
  const auto json = parsed("{\"a\": null}");
  EXPECT_FALSE(json.find("a"));
  EXPECT_FALSE(json.find("b"));
}

TEST(LocatedJson, NamesThePlaceOfWhatCannotBeParsed) {
  const auto expect_refused = [](const std::string& text,
                                 const std::string& said) {
    EXPECT_THAT([&] { parsed(text); },
                ThrowsMessage<std::runtime_error>(StartsWith(said)))
        << text;
  };
  expect_refused("{\n  \"a\": 1\n  \"b\": 2}", "my.json:3:5: syntax error");
  expect_refused("// one\n{\"a\": 1, /* two\n */ \"a\": 2}",
                 "my.json:3:5: \"a\": a second one in the same object");
  expect_refused("", "my.json:1:1: syntax error");
  expect_refused("{} {}", "my.json:1:4: syntax error");
}

TEST(LocatedJson, TakesOneValueOrSeveral) {
  const auto json = parsed(R"({"one": 1, "more": [2, 3], "none": []})");
  ASSERT_EQ(json.at("one").one_or_more().size(), 1);
  EXPECT_EQ(json.at("one").one_or_more()[0].integer(0, 9), 1);
  ASSERT_EQ(json.at("more").one_or_more().size(), 2);
  EXPECT_EQ(json.at("more").one_or_more()[1].integer(0, 9), 3);
  EXPECT_THAT([&] { (void)json.at("none").one_or_more(); },
              ThrowsMessage<std::runtime_error>(
                  HasSubstr("my.json:1:28: \"none\": expected at least one")));
}

TEST(LocatedJson, TakesNumbersWithinTheirBounds) {
  const auto read = [](const LocatedJson& json) { json.number(1, 2.5); };
  EXPECT_EQ(mistake("1", read), "fine");
  EXPECT_EQ(mistake("2.5", read), "fine");
  EXPECT_EQ(mistake("2.6", read),
            "my.json:2:3: \"a\": expected a number from 1 to 2.5, got 2.6");
  EXPECT_THAT(mistake("0", read), HasSubstr("got 0"));
  EXPECT_THAT(mistake("\"2\"", read), HasSubstr("got \"2\""));
}

TEST(LocatedJson, TellsNoTimeFromAny) {
  const auto any = [](const LocatedJson& json) { json.duration(); };
  const auto some = [](const LocatedJson& json) { json.positive_duration(); };
  EXPECT_EQ(mistake("\"0s\"", any), "fine");
  EXPECT_EQ(mistake("\"1ns\"", some), "fine");
  EXPECT_THAT(mistake("\"0s\"", some), HasSubstr("a duration above 0, got"));
}

TEST(LocatedJson, NamesKeysAsTheyStand) {
  EXPECT_THAT(mistake("{\"b/~c\": 1}",
                      [](const LocatedJson& json) { json.require_keys({}); }),
              StartsWith("my.json:2:9: \"b/~c\": unknown"));
}

TEST(LocatedJson, NamesAFileThatCannotBeRead) {
  const TemporaryFolder folder;
  for (const std::filesystem::path& file :
       {std::filesystem::path("/nowhere/my.json"), folder.path()}) {
    EXPECT_THAT(
        [&] { LocatedJson::read(file); },
        ThrowsMessage<std::runtime_error>("cannot read " + file.string()));
  }
  const auto empty = folder.write("empty.json", "");
  EXPECT_THAT([&] { LocatedJson::read(empty); },
              ThrowsMessage<std::runtime_error>(HasSubstr("syntax error")));
}

}  // namespace
}  // namespace sockmark
