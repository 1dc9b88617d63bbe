#include "harness/machine/build.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "harness/process/child.h"
#include "tests/harness/temporary_folder.h"

namespace sockmark {
namespace {

using testing::HasSubstr;

void git_in(const std::filesystem::path& folder, const std::string& command) {
  Child child({.argv = {"sh", "-c",
                        "cd " + folder.string() +
                            " && unset GIT_DIR GIT_WORK_TREE && " + command},
               .cpus = {}});
  const auto ending = child.wait_for(std::chrono::seconds(30));
  ASSERT_TRUE(ending && ending->clean()) << command << ": " << child.err();
}

class InACheckout : public testing::Test {
 protected:
  void SetUp() override {
    folder_.write("file", "one\n");
    git_in(folder_.path(),
           "git init -q . && git add file && git -c user.name=a -c "
           "user.email=a@b commit -q -m one");
  }
  TemporaryFolder folder_;
};

TEST_F(InACheckout, KnowsTheCommitAndWhetherFilesDiffer) {
  const Checkout clean = read_checkout(folder_.path());
  EXPECT_EQ(clean.commit.value.value_or("").size(), 12);
  EXPECT_EQ(clean.dirty.value, false);
  folder_.write("file", "two\n");
  EXPECT_EQ(read_checkout(folder_.path()).dirty.value, true);
  EXPECT_EQ(read_checkout(folder_.path()).commit.value, clean.commit.value);
}

TEST_F(InACheckout, DoesNotTakeTheRepositoryAroundAFolderForItsOwn) {
  std::filesystem::create_directory(folder_.path() / "unpacked");
  const Checkout checkout = read_checkout(folder_.path() / "unpacked");
  EXPECT_FALSE(checkout.commit.value);
  EXPECT_THAT(checkout.commit.why_not, HasSubstr("no git checkout"));
  EXPECT_FALSE(checkout.dirty.value);
}

TEST(Checkout, OfAFolderThatIsGoneIsNotKnown) {
  EXPECT_FALSE(read_checkout("/nowhere/at/all").commit.value);
}

TEST(Build, KnowsWhatItWasMadeWith) {
  const Build build = read_build();
  EXPECT_FALSE(build.compiler.empty());
  EXPECT_FALSE(build.version.empty());
  EXPECT_EQ(build.binaries.at("sockmark").value.value_or("").size(), 64);
  ASSERT_TRUE(build.binaries.contains("loadgen"));
}

TEST(ToolVersions, HasTheToolOrWhyNot) {
  for (const auto& [name, version] : read_tool_versions()) {
    EXPECT_NE(version.value.has_value(), !version.why_not.empty()) << name;
  }
}

TEST(FirstLineOf, IsNothingOfACommandThatFails) {
  EXPECT_EQ(first_line_of({"sh", "-c", "echo a; echo b"}), "a");
  EXPECT_EQ(first_line_of({"sh", "-c", "echo a; exit 1"}), std::nullopt);
  EXPECT_EQ(first_line_of({"/nowhere/program"}), std::nullopt);
}

}  // namespace
}  // namespace sockmark
