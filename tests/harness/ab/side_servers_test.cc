// A side's folder, and the servers in it.
#include "harness/ab/side_servers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/harness/ab/repository.h"
#include "tests/harness/golden.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

constexpr const char* kList = "mine | mine -x | event | loop | here | mine\n";
constexpr const char* kManifest =
    R"({"servers": [{"name": "own", "command": ["./own", "{port}"]}]})";

class SideServersOf : public testing::Test {
 protected:
  SideServers servers(const std::string& name, const SideFiles& files,
                      const std::string& command) {
    const Side side = find_side(Arm::base, name, files, repository_.path());
    SideServers found = located(side, files, command);
    build(found, [this](const std::string& line) { said_.push_back(line); });
    return read(std::move(found));
  }

  template <typename Error>
  std::string refusal(const std::string& name, const SideFiles& files,
                      const std::string& command) {
    try {
      servers(name, files, command);
    } catch (const Error& refused) {
      return refused.what();
    }
    return "taken";
  }

  Repository repository_;
  std::string commit_ =
      repository_.commit({{"list", kList}, {"bench/servers.json", kManifest}});
  std::vector<std::string> said_;
};

constexpr const char* kBuild =
    "mkdir -p build/release/servers && cp list build/release/servers/MODELS && "
    "cp /bin/true build/release/servers/mine";

TEST_F(SideServersOf, ARevisionAreBuiltOutsideOfTheWorkingTree) {
  const SideServers built = servers("main", {}, kBuild);
  ASSERT_EQ(built.servers.size(), 1);
  EXPECT_EQ(built.servers[0].command[0],
            (built.folder / "build/release/servers/mine").string());
  EXPECT_FALSE(fs::exists(repository_.path() / "build"));
  EXPECT_EQ(built.models, built.folder / "build/release/servers/MODELS");
}

TEST_F(SideServersOf, AWorkingTreeAreBuiltInItsPlaceEachTime) {
  const std::string command = std::string(kBuild) + " && echo x >>times";
  servers(".", {}, command);
  const SideServers built = servers(".", {}, command);
  EXPECT_EQ(built.folder, repository_.path());
  EXPECT_EQ(contents_of(repository_.path() / "times"), "x\nx\n");
  EXPECT_FALSE(is_ready(built));
  EXPECT_EQ(said_.size(), 2);
}

TEST_F(SideServersOf, AManifestOfARevisionAreThoseOfItsOwnTree) {
  repository_.write("bench/servers.json", "{}");  // not what is committed
  const SideServers own =
      servers("main", {.models = "", .manifest = "bench/servers.json"}, "");
  ASSERT_EQ(own.servers.size(), 1);
  EXPECT_EQ(own.servers[0].name, "own");
  EXPECT_EQ(own.servers[0].cwd, own.folder / "bench");
  EXPECT_TRUE(own.models.empty());
}

TEST_F(SideServersOf, BothListsStandSideBySide) {
  const SideFiles files = {.models = "list", .manifest = "bench/servers.json"};
  EXPECT_EQ(servers("main", files, "").servers.size(), 2);
}

TEST_F(SideServersOf, ABuildFolderAreNotBuilt) {
  repository_.write("old/servers/MODELS", kList);
  repository_.write("older/MODELS", kList);
  for (const char* const folder : {"old", "older"}) {
    const SideServers built = servers(folder, {}, "exit 1");
    EXPECT_EQ(built.servers.size(), 1);
    EXPECT_EQ(built.build, "");
    EXPECT_TRUE(is_ready(built));
  }
}

TEST_F(SideServersOf, AManifestFileAreItsOwn) {
  const SideFiles files = {.models = "list", .manifest = ""};
  const SideServers own = servers("bench/servers.json", files, "exit 1");
  ASSERT_EQ(own.servers.size(), 1);
  EXPECT_EQ(own.folder, repository_.path() / "bench");
}

TEST_F(SideServersOf, ASideThatHasNoneAreRefused) {
  EXPECT_THAT(refusal<std::invalid_argument>("main", {}, ""),
              AllOf(HasSubstr("base 'main': no list of servers"),
                    HasSubstr("--build")));
  EXPECT_THAT(refusal<std::runtime_error>("main", {}, "true"),
              HasSubstr("not there after the build"));
  EXPECT_THAT(refusal<std::runtime_error>(
                  ".", {.models = "", .manifest = "bench/servers.json"},
                  "echo '{' >bench/servers.json"),
              HasSubstr("bench/servers.json:"));
}

TEST_F(SideServersOf, AFailedBuildAreNamed) {
  for (const char* const name : {"main", "."}) {
    EXPECT_THAT(refusal<std::runtime_error>(name, {}, "echo why; false"),
                AllOf(HasSubstr(std::string("base '") + name + "': the build"),
                      HasSubstr("why")));
  }
}

}  // namespace
}  // namespace sockmark
