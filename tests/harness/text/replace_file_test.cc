#include "harness/text/replace_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cerrno>
#include <stdexcept>
#include <thread>

#include "tests/harness/golden.h"
#include "tests/harness/temporary_folder.h"

namespace sockmark {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::size_t files_in(const TemporaryFolder& folder) {
  const auto all = std::filesystem::directory_iterator(folder.path());
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

TEST(ReplaceFile, HasTheWholeNewContentAndLeavesNothingBeside) {
  const TemporaryFolder folder;
  const auto file = folder.write("a", "long old content");
  EXPECT_EQ(replace_file(file, "new"), 0);
  EXPECT_EQ(contents_of(file), "new");
  EXPECT_EQ(replace_file(folder.path() / "b", ""), 0);
  EXPECT_EQ(files_in(folder), 2);
}

TEST(ReplaceFile, SaysWhyItCannotBeWritten) {
  const TemporaryFolder folder;
  const auto nowhere = folder.path() / "no" / "file";
  EXPECT_EQ(replace_file(nowhere, "text"), ENOENT);
  const auto taken = folder.path() / "folder";
  std::filesystem::create_directory(taken);
  EXPECT_EQ(replace_file(taken, "text"), EISDIR);
  EXPECT_EQ(files_in(folder), 1) << "nothing is left";
  try {
    write_file(nowhere, "text");
    ADD_FAILURE();
  } catch (const std::runtime_error& failure) {
    EXPECT_THAT(failure.what(),
                AllOf(HasSubstr(nowhere.string()), HasSubstr("No such file")));
  }
}

TEST(ReplaceFile, WritesIntoWhatIsNoFile) {
  const TemporaryFolder folder;
  const auto pipe = folder.path() / "pipe";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  std::string read;
  std::thread reader([&] { read = contents_of(pipe); });
  EXPECT_EQ(replace_file(pipe, "through"), 0);
  reader.join();
  EXPECT_EQ(read, "through");
  EXPECT_TRUE(std::filesystem::is_fifo(pipe));
}

}  // namespace
}  // namespace sockmark
