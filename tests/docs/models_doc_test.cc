// docs/models.md explains every model, and no other; what docs/ points to is
// there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "harness/server/model.h"
#include "tests/harness/golden.h"

namespace sockmark {
namespace {

const std::filesystem::path kSource = SOURCE_DIR;

std::vector<std::string> lines_of(const std::filesystem::path& file) {
  std::istringstream stream(contents_of(file));
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// Every first group of `pattern` in `text`.
std::vector<std::string> all_matches(const std::string& text,
                                     const std::regex& pattern) {
  std::vector<std::string> found;
  for (std::sregex_iterator match(text.begin(), text.end(), pattern), end;
       match != end; ++match) {
    found.push_back((*match)[1]);
  }
  return found;
}

// A diagram is a block that is indented or fenced. Each character counts as
// one column: there are only ASCII ones.
std::vector<std::string> diagram_lines(const std::filesystem::path& file) {
  std::vector<std::string> found;
  bool fenced = false;
  for (const std::string& line : lines_of(file)) {
    if (line.starts_with("```")) {
      fenced = !fenced;
    } else if (fenced || line.starts_with("    ")) {
      found.push_back(line);
    }
  }
  return found;
}

TEST(ModelsDoc, HasAHeadingForEveryModelAndForNoOther) {
  std::set<std::string> expected;
  for (const ServerSpec& model : read_models(kSource / "servers/MODELS")) {
    expected.insert(model.name);
  }
  const std::regex name("`([^`]*)`");
  std::set<std::string> explained;
  for (const std::string& line : lines_of(kSource / "docs/models.md")) {
    if (!line.starts_with('#')) continue;
    for (const std::string& model : all_matches(line, name)) {
      EXPECT_TRUE(explained.insert(model).second) << model << " twice";
    }
  }
  EXPECT_EQ(explained, expected);
}

TEST(ModelsDoc, NamesEveryModelInItsTableOfNames) {
  const std::string text = contents_of(kSource / "docs/models.md");
  const std::size_t table = text.find("| model | Stevens |");
  ASSERT_NE(table, std::string::npos);
  for (const ServerSpec& model : read_models(kSource / "servers/MODELS")) {
    EXPECT_NE(text.find("\n| " + model.name + " |", table), std::string::npos)
        << model.name;
  }
}

TEST(ModelsDoc, DrawsDiagramsInAsciiOfAtMost72Columns) {
  const auto lines = diagram_lines(kSource / "docs/models.md");
  EXPECT_GE(lines.size(), 50);
  for (const std::string& line : lines) {
    EXPECT_LE(line.size(), 72) << line;
    for (const char c : line) EXPECT_TRUE(c >= ' ' && c <= '~') << line;
  }
}

}  // namespace
}  // namespace sockmark
