#include "harness/ab/identity.h"

#include <gtest/gtest.h>

#include "tests/harness/temporary_folder.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;

// What a file holds is looked at once in a process: each test has its own.
class Identity : public testing::Test {
 protected:
  Identity() {
    for (const char* const side : {"base", "head"}) {
      fs::create_directory(folder_.path() / side);
      fs::copy_file(FAKE_SERVER, folder_.path() / side / "server");
      write(side, "app.conf", "answer = 42\n");
      write(side, "run.sh", "#!/bin/sh\nexec ./server\n");
      fs::permissions(folder_.path() / side / "run.sh", fs::perms::owner_all);
    }
  }

  void write(const std::string& side, const std::string& name,
             const std::string& text) const {
    std::ofstream(folder_.path() / side / name) << text;
  }

  // Both sides with this command, where "@" stands for the side's folder.
  bool is_same(const std::vector<std::string>& command) const {
    return is_identical(spec("base", command), spec("head", command));
  }

  ServerSpec spec(const std::string& side,
                  const std::vector<std::string>& command) const {
    ServerSpec spec = {.name = "mine", .command = command};
    const std::string folder = (folder_.path() / side).string();
    for (std::string& word : spec.command) {
      if (word.starts_with("@")) word = folder + word.substr(1);
    }
    spec.cwd = folder;
    return spec;
  }

  TemporaryFolder folder_;
};

TEST_F(Identity, IsThatOfTwoCopiesOfABinary) {
  EXPECT_TRUE(is_same({"@/server", "env"}));
  EXPECT_TRUE(is_same({"./server", "env"}));
}

TEST_F(Identity, IsNotThatOfTwoBinaries) {
  std::ofstream(folder_.path() / "head" / "server", std::ios::app) << "x";
  EXPECT_FALSE(is_same({"@/server", "env"}));
}

TEST_F(Identity, NeedsTheSameArguments) {
  EXPECT_FALSE(is_identical(spec("base", {"@/server", "env"}),
                            spec("head", {"@/server", "late"})));
  EXPECT_FALSE(is_identical(spec("base", {"@/server"}),
                            spec("head", {"@/server", "late"})));
  ServerSpec other = spec("head", {"@/server"});
  other.env = {{"WORKERS", "2"}};
  EXPECT_FALSE(is_identical(spec("base", {"@/server"}), other));
}

TEST_F(Identity, CountsFilesByWhatIsInThem) {
  EXPECT_TRUE(is_same({"@/server", "@/app.conf"}));
  EXPECT_TRUE(is_same({"@/server", "app.conf"}));
}

TEST_F(Identity, IsNotThatOfABinaryWithTwoFiles) {
  write("head", "app.conf", "answer = 41\n");
  EXPECT_FALSE(is_same({"@/server", "@/app.conf"}));
  EXPECT_FALSE(is_same({"@/server", "app.conf"}));
}

// The interpreter is the same, and so is the script; but not what that loads.
TEST_F(Identity, IsNeverThatOfAnInterpreterWithAScriptOfEachSide) {
  EXPECT_FALSE(is_same({"/bin/sh", "@/run.sh"}));
  EXPECT_FALSE(is_same({"sh", "run.sh"}));
  EXPECT_FALSE(is_same({"@/run.sh"}));
}

TEST_F(Identity, IsThatOfTheVerySameCommand) {
  const ServerSpec script = spec("base", {"sh", "run.sh"});
  EXPECT_TRUE(is_identical(script, script));
  const ServerSpec missing = spec("base", {"@/no-such-program"});
  EXPECT_FALSE(is_identical(missing, spec("head", {"@/no-such-program"})));
}

}  // namespace
}  // namespace sockmark
