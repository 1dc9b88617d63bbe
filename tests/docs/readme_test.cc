// What the README says is so: its table of models, its commands and what they
// print.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "harness/process/child.h"
#include "harness/server/model.h"
#include "tests/harness/golden.h"

namespace sockmark {
namespace {

std::string readme() {
  return contents_of(std::string(SOURCE_DIR) + "/README.md");
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TEST(Readme, ListsTheModelsAsModelsHasThem) {
  std::vector<std::string> expected;
  for (const ServerSpec& model :
       read_models(std::string(SOURCE_DIR) + "/servers/MODELS")) {
    expected.push_back(
        fmt::format("| [{}](servers/{}.cc) | {} | {} | {} | {} |", model.name,
                    std::filesystem::path(model.command[0]).filename().string(),
                    model.family, model.unit, model.source, model.summary));
  }
  std::vector<std::string> listed;
  for (const std::string& line : lines_of(readme())) {
    if (line.starts_with("| [")) listed.push_back(line);
  }
  EXPECT_EQ(listed, expected);
}

// A fenced block that starts with "$ sockmark ..." holds what that prints.
struct Transcript {
  std::string command;
  std::string output;
};

std::vector<Transcript> transcripts() {
  std::vector<Transcript> found;
  bool is_open = false;
  for (const std::string& line : lines_of(readme())) {
    if (line.starts_with("$ sockmark ")) {
      found.push_back({.command = line.substr(2), .output = ""});
      is_open = true;
    } else if (line.starts_with("```")) {
      is_open = false;
    } else if (is_open) {
      found.back().output += line + "\n";
    }
  }
  return found;
}

std::string printed_by(const std::string& command) {
  Child child({.argv = {"sh", "-c",
                        fmt::format("cd {} && COLUMNS=80 NO_COLOR=1 {}/bin/{}",
                                    SOURCE_DIR, BUILD_DIR, command)},
               .cpus = {}});
  EXPECT_TRUE(child.wait_for(std::chrono::seconds(60)).has_value()) << command;
  return child.out();
}

TEST(Readme, ShowsWhatTheCommandsPrint) {
  const auto shown = transcripts();
  EXPECT_GE(shown.size(), 2);
  for (const Transcript& transcript : shown) {
    EXPECT_EQ(printed_by(transcript.command), transcript.output)
        << transcript.command;
  }
}

TEST(Readme, ShowsHowTheComparisonOfItsExampleBegins) {
  const std::string text = readme();
  const auto start = text.find("✗ head is slower");
  ASSERT_NE(start, std::string::npos);
  EXPECT_THAT(
      printed_by("sockmark table results/example-ab"),
      testing::StartsWith(text.substr(start, text.find("```", start) - start)));
}

TEST(Readme, NamesOnlyTargetsThatMakeHas) {
  const std::string makefile =
      contents_of(std::string(SOURCE_DIR) + "/Makefile");
  const std::string text =
      readme() + contents_of(std::string(SOURCE_DIR) + "/CONTRIBUTING.md");
  const std::regex mention(R"((?:`|    )make ([a-z-]+))");
  std::set<std::string> targets;
  for (std::sregex_iterator match(text.begin(), text.end(), mention), end;
       match != end; ++match) {
    targets.insert((*match)[1]);
  }
  EXPECT_GE(targets.size(), 5);
  for (const std::string& target : targets) {
    EXPECT_THAT(makefile, testing::HasSubstr("\n" + target + ":")) << target;
  }
}

TEST(Readme, ShowsOnlyPicturesThatAreThere) {
  const std::string text = readme();
  const std::regex picture(R"(!\[[^\]]*\]\(([^)]*)\))");
  int pictures = 0;
  for (std::sregex_iterator match(text.begin(), text.end(), picture), end;
       match != end; ++match, ++pictures) {
    const auto file = std::filesystem::path(SOURCE_DIR) / (*match)[1].str();
    EXPECT_TRUE(std::filesystem::exists(file)) << file;
  }
  EXPECT_GE(pictures, 1);
}

}  // namespace
}  // namespace sockmark
