// docs/method.md has every reason of a trial's verdict, and its limits.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "harness/verdict/verdict.h"
#include "tests/harness/golden.h"

namespace sockmark {
namespace {

using testing::HasSubstr;

std::string doc() { return contents_of(SOURCE_DIR "/docs/method.md"); }

// The rows of the tables of reasons, by the reason.
std::map<std::string, std::string> reasons_in_doc() {
  std::map<std::string, std::string> rows;
  std::istringstream lines(doc());
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("| `")) continue;
    rows[line.substr(3, line.find('`', 3) - 3)] = line;
  }
  return rows;
}

// String literals that stand next to each other are one; figures become an
// ellipsis. What is said to a person has a blank in it.
std::set<std::string> reasons_in(const std::string& file) {
  const std::string source = contents_of(SOURCE_DIR "/harness/" + file);
  const std::regex literals(
      R"re("(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")*)re");
  const std::regex seam(R"re("\s*")re");
  const std::regex figure(R"(\{[^}]*\})");
  // Names of a thing, and lines of HTTP.
  const std::set<std::string> parts = {"descriptor open", "descriptors open"};
  std::set<std::string> reasons;
  const auto first =
      source.begin() + static_cast<std::ptrdiff_t>(source.find("namespace"));
  for (std::sregex_iterator match(first, source.end(), literals), end;
       match != end; ++match) {
    std::string text = std::regex_replace(match->str(), seam, "");
    text = std::regex_replace(text.substr(1, text.size() - 2), figure, "…");
    const bool has_words =
        text.find(' ') != std::string::npos &&
        std::any_of(text.begin(), text.end(), [](unsigned char c) {
          return std::isalpha(c) != 0 && c < 128;
        });
    if (has_words && !parts.contains(text) && !text.starts_with("Connection")) {
      reasons.insert(text);
    }
  }
  return reasons;
}

TEST(MethodDoc, HasEveryReasonAndNoOther) {
  std::set<std::string> said = reasons_in("verdict/verdict.cc");
  EXPECT_GE(said.size(), 5);
  said.merge(reasons_in("verdict/verdict_load.cc"));
  said.merge(reasons_in("tool/tool_load.cc"));
  std::set<std::string> explained;
  for (const auto& [reason, row] : reasons_in_doc()) explained.insert(reason);
  EXPECT_EQ(explained, said);
}

std::string percent(double share) { return fmt::format("{:g} %", 100 * share); }

// The row of the only reason that begins so.
std::string row_of(const std::string& beginning) {
  for (const auto& [reason, row] : reasons_in_doc()) {
    if (reason.starts_with(beginning)) return row;
  }
  ADD_FAILURE() << "no reason begins with " << beginning;
  return "";
}

TEST(MethodDoc, HasTheLimits) {
  const std::vector<std::pair<std::string, DoubtLimits>> checks = {
      {"other processes", kForeignCpu},
      {"the hypervisor", kSteal},
      {"… connections were loaded", kLittlesLaw}};
  for (const auto& [beginning, limits] : checks) {
    const std::string row = row_of(beginning);
    EXPECT_THAT(row, HasSubstr("over " + percent(limits.suspect) + " | over " +
                               percent(limits.invalid) + " |"));
  }
  EXPECT_THAT(row_of("tasks waited"), HasSubstr("over " + percent(kPressure)));
  EXPECT_THAT(row_of("wrk's latencies"),
              HasSubstr("over " + percent(kLittlesLaw.invalid)));
  EXPECT_THAT(doc(), HasSubstr("give or take " + percent(kRounding)));
}

}  // namespace
}  // namespace sockmark
