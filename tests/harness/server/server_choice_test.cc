#include "harness/server/server_choice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "harness/server/model.h"
#include "tests/harness/temporary_folder.h"

namespace sockmark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

constexpr const char* kTwoModels =
    "one | binary --flag x | blocking | none   | somewhere | does it\n"
    "two | binary          | event    | thread | elsewhere | does it too\n";

std::vector<std::string> names(const std::vector<ServerSpec>& servers) {
  std::vector<std::string> result;
  for (const ServerSpec& server : servers) result.push_back(server.name);
  return result;
}

std::string manifest_of(const std::string& name) {
  return R"({"servers": [{"name": ")" + name +
         R"(", "command": ["x", "{port}"]}]})";
}

TEST(SelectServers, KeepsTheOrderAskedForAndTakesAllForNone) {
  const auto models = parse_models(kTwoModels, "MODELS");
  EXPECT_THAT(names(select_servers(models, {})), ElementsAre("one", "two"));
  EXPECT_THAT(names(select_servers(models, {"two", "one"})),
              ElementsAre("two", "one"));
}

TEST(SelectServers, LeavesFlawedOnesOutUnlessTheyAreNamed) {
  auto models = parse_models(kTwoModels, "MODELS");
  models[0].family = "flawed";
  EXPECT_THAT(names(select_servers(models, {})), ElementsAre("two"));
  EXPECT_THAT(names(select_servers(models, {"one"})), ElementsAre("one"));
}

TEST(SelectServers, SaysWhatThereIsForAnUnknownName) {
  const auto models = parse_models(kTwoModels, "MODELS");
  EXPECT_THAT([&] { select_servers(models, {"three"}); },
              ThrowsMessage<std::invalid_argument>(
                  HasSubstr("no server named 'three'; there are one, two")));
  EXPECT_THAT(
      [&] { select_servers(models, {"twoo"}); },
      ThrowsMessage<std::invalid_argument>(HasSubstr("(did you mean 'two'?)")));
}

class AllServers : public testing::Test {
 protected:
  std::vector<ServerSpec> with_manifest_of(const std::string& name) {
    return all_servers(models_, folder_.write("m.json", manifest_of(name)));
  }

  TemporaryFolder folder_;
  std::filesystem::path models_ = folder_.write("MODELS", kTwoModels);
};

TEST_F(AllServers, AreTheBuiltInOnesWithoutAManifest) {
  EXPECT_THAT(names(all_servers(models_, {})), ElementsAre("one", "two"));
}

TEST_F(AllServers, AreBothWithOne) {
  EXPECT_THAT(names(with_manifest_of("mine")),
              ElementsAre("one", "two", "mine"));
}

TEST_F(AllServers, AreNarrowedToTheManifestsUnlessNamed) {
  const auto servers = with_manifest_of("mine");
  EXPECT_THAT(names(select_servers(servers, {})), ElementsAre("mine"));
  EXPECT_THAT(names(select_servers(servers, {"mine", "one"})),
              ElementsAre("mine", "one"));
}

TEST_F(AllServers, HaveEachNameOnce) {
  EXPECT_THAT([&] { with_manifest_of("two"); },
              ThrowsMessage<std::runtime_error>(
                  HasSubstr("a built-in server is named 'two' already")));
}

}  // namespace
}  // namespace sockmark
