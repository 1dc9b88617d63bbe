// servers/MODELS itself: the one list has to be right.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "tests/servers/model.h"

namespace sockmark {
namespace {

std::string contents_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Models, AreListed) { EXPECT_GE(all_models().size(), 9U); }

TEST(Models, HaveSixFields) {
  for (const auto& fields : model_lines()) {
    ASSERT_EQ(fields.size(), 6U) << fields.front();
    for (const std::string& field : fields) {
      EXPECT_NE(field, "") << fields.front();
    }
  }
}

TEST(Models, HaveNamesOfTheirOwn) {
  std::set<std::string> names;
  for (const ListedModel& model : all_models()) {
    EXPECT_TRUE(names.insert(model.name).second) << model.name;
    EXPECT_EQ(
        model.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_"),
        std::string::npos)
        << model.name;
  }
}

TEST(Models, AreBuilt) {
  for (const ListedModel& model : all_models()) {
    const std::string binary = SERVER_DIR "/" + model.command.front();
    EXPECT_EQ(access(binary.c_str(), X_OK), 0) << binary;
  }
}

TEST(Models, HaveAShortSourceFileEach) {
  for (const ListedModel& model : all_models()) {
    const std::string path =
        SOURCE_DIR "/servers/" + model.command.front() + ".cc";
    const std::string source = contents_of(path);
    const auto lines = std::count(source.begin(), source.end(), '\n');
    EXPECT_GE(lines, 15) << path;
    EXPECT_LE(lines, 110) << path;
  }
}

TEST(Models, CoverEverySourceFile) {
  std::set<std::string> binaries;
  for (const ListedModel& model : all_models()) {
    binaries.insert(model.command.front());
  }
  for (const auto& entry :
       std::filesystem::directory_iterator(SOURCE_DIR "/servers")) {
    if (entry.path().extension() != ".cc") continue;
    EXPECT_TRUE(binaries.contains(entry.path().stem())) << entry.path();
  }
}

TEST(Models, AreTheOnesOfTheSourceTree) {
  EXPECT_EQ(contents_of(SERVER_DIR "/MODELS"),
            contents_of(SOURCE_DIR "/servers/MODELS"));
}

}  // namespace
}  // namespace sockmark
