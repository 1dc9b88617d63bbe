#include "harness/server/model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/harness/temporary_folder.h"

namespace sockmark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

constexpr const char* kTwoModels =
    "# a comment\n"
    "\n"
    "one | binary --flag x | blocking | none   | somewhere | does it\n"
    "two | binary          | event    | thread | elsewhere | does it too\n";

TEST(ParseModels, ReadsSixFieldsToALine) {
  const auto models = parse_models(kTwoModels, "MODELS");
  ASSERT_EQ(models.size(), 2);
  EXPECT_EQ(models[0].name, "one");
  EXPECT_THAT(models[0].command, ElementsAre("binary", "--flag", "x"));
  EXPECT_EQ(models[0].family, "blocking");
  EXPECT_EQ(models[1].unit, "thread");
  EXPECT_EQ(models[1].source, "elsewhere");
  EXPECT_EQ(models[1].summary, "does it too");
}

TEST(ParseModels, NamesTheFileAndTheLineOfAMistake) {
  EXPECT_THAT([] { parse_models("# fine\none | two | three\n", "my/MODELS"); },
              ThrowsMessage<std::runtime_error>(HasSubstr("my/MODELS:2: ")));
  EXPECT_THAT([] { parse_models("a|b|c|d||f\n", "M"); },
              ThrowsMessage<std::runtime_error>(HasSubstr("six fields")));
}

TEST(ParseModels, RefusesTheSameNameTwice) {
  EXPECT_THAT([] { parse_models("a|b|c|d|e|f\na|b|c|d|e|f\n", "M"); },
              ThrowsMessage<std::runtime_error>(HasSubstr("M:2: a second")));
}

TEST(ReadModels, FindsABinaryBesideTheListAndLeavesOthersToPath) {
  const TemporaryFolder folder;
  folder.write("binary", "");
  const auto list = folder.write("MODELS",
                                 "a | binary | c | d | e | f\n"
                                 "b | nginx  | c | d | e | f\n");
  const auto models = read_models(list);
  EXPECT_EQ(models[0].command[0], (folder.path() / "binary").string());
  EXPECT_EQ(models[1].command[0], "nginx");
}

TEST(ReadModels, NamesTheFileThatItCannotRead) {
  EXPECT_THAT([] { read_models("/nowhere/MODELS"); },
              ThrowsMessage<std::runtime_error>(HasSubstr("/nowhere/MODELS")));
}

}  // namespace
}  // namespace sockmark
