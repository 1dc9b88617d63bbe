// Every link in the documentation leads to a file that is there, and to a
// heading that it has.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <filesystem>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/harness/golden.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> pages() {
  const fs::path top = SOURCE_DIR;
  std::vector<fs::path> found = {top / "README.md", top / "CONTRIBUTING.md"};
  for (const char* const folder : {"docs", "examples"}) {
    for (const auto& file : fs::recursive_directory_iterator(top / folder)) {
      if (file.path().extension() == ".md") found.push_back(file.path());
    }
  }
  return found;
}

// Without what is fenced, where neither a link nor a heading is one.
std::string prose_of(const fs::path& page) {
  std::istringstream lines(contents_of(page));
  std::string prose;
  bool is_fenced = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) is_fenced = !is_fenced;
    if (!is_fenced) prose += line + "\n";
  }
  return prose;
}

// As GitHub makes them: lower case, dashes for blanks, without punctuation.
std::string anchor_of(const std::string& heading) {
  std::string anchor;
  for (const char c : heading) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == ' ') anchor += '-';
    if (std::isalnum(byte) != 0 || c == '-' || c == '_' || byte >= 0x80) {
      anchor += static_cast<char>(std::tolower(byte));
    }
  }
  return anchor;
}

std::set<std::string> anchors_in(const fs::path& page) {
  std::set<std::string> anchors;
  std::istringstream lines(prose_of(page));
  for (std::string line; std::getline(lines, line);) {
    const std::size_t text = line.find_first_not_of('#');
    if (text == 0 || text == std::string::npos || line[text] != ' ') continue;
    anchors.insert(anchor_of(line.substr(text + 1)));
  }
  return anchors;
}

struct Link {
  std::string file;    // empty: the page itself
  std::string anchor;  // empty: its top
};

std::vector<Link> links_in(const fs::path& page) {
  const std::string prose = prose_of(page);
  const std::regex pattern(R"(\]\(([^)#\s]*)#?([^)\s]*)\))");
  std::vector<Link> links;
  for (std::sregex_iterator match(prose.begin(), prose.end(), pattern), end;
       match != end; ++match) {
    const std::string file = (*match)[1];
    if (file.find("://") != std::string::npos) continue;
    links.push_back({.file = file, .anchor = (*match)[2]});
  }
  return links;
}

TEST(Links, LeadToFilesAndHeadingsThatAreThere) {
  int anchors = 0;
  for (const fs::path& page : pages()) {
    for (const Link& link : links_in(page)) {
      const fs::path target =
          link.file.empty() ? page : page.parent_path() / link.file;
      EXPECT_TRUE(fs::exists(target)) << page << ": " << link.file;
      if (link.anchor.empty() || !fs::exists(target)) continue;
      ++anchors;
      EXPECT_THAT(anchors_in(target), testing::Contains(link.anchor))
          << page << ": " << link.file << "#" << link.anchor;
    }
  }
  EXPECT_GE(anchors, 10) << "are links still found?";
}

TEST(Links, AreToldByTheirHeadings) {
  EXPECT_EQ(anchor_of("Can it be trusted here?"), "can-it-be-trusted-here");
  EXPECT_EQ(anchor_of("`sockmark doctor --json`"), "sockmark-doctor---json");
}

TEST(Links, LeadToEveryPage) {
  std::set<fs::path> known;
  for (const fs::path& page : pages()) {
    for (const Link& link : links_in(page)) {
      known.insert((page.parent_path() / link.file).lexically_normal());
    }
  }
  for (const auto& page : fs::directory_iterator(SOURCE_DIR "/docs")) {
    if (page.path().extension() != ".md") continue;
    EXPECT_THAT(known, testing::Contains(page.path().lexically_normal()));
  }
}

}  // namespace
}  // namespace sockmark
