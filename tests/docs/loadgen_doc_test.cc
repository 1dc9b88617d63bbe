// docs/loadgen.md has every field of the report, every error and every reason
// of the verdict, and no other.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "loadgen/report.h"
#include "tests/harness/golden.h"

namespace sockmark {
namespace {

using Json = nlohmann::json;
using Names = std::set<std::string>;

std::string doc() { return contents_of(SOURCE_DIR "/docs/loadgen.md"); }

// The rows of the table whose head begins with `head`, each as its cells.
std::vector<std::vector<std::string>> table(const std::string& head) {
  std::istringstream lines(doc());
  std::string line;
  while (std::getline(lines, line) && !line.starts_with("| " + head + " |")) {
  }
  std::getline(lines, line);  // of dashes
  std::vector<std::vector<std::string>> rows;
  while (std::getline(lines, line) && line.starts_with("| ")) {
    std::vector<std::string>& cells = rows.emplace_back();
    std::istringstream row(line.substr(1));
    for (std::string cell; std::getline(row, cell, '|');) cells.push_back(cell);
  }
  return rows;
}

// What is in backticks. One that begins with a dot stands for another end of
// the one before.
std::vector<std::string> names_in(const std::string& cell) {
  const std::regex name("`([^`]*)`");
  std::vector<std::string> names;
  for (std::sregex_iterator match(cell.begin(), cell.end(), name), end;
       match != end; ++match) {
    std::string found = (*match)[1];
    if (found.starts_with('.') && !names.empty()) {
      found = names.back().substr(0, names.back().rfind('.')) + found;
    }
    names.push_back(found);
  }
  return names;
}

Names first_column(const std::string& head) {
  Names all;
  for (const auto& row : table(head)) {
    for (const std::string& name : names_in(row.front())) {
      EXPECT_TRUE(all.insert(name).second) << name << " twice";
    }
  }
  return all;
}

// Those that may be null.
Names nullable(const std::string& head) {
  Names all;
  for (const auto& row : table(head)) {
    if (row.back() == " ") continue;
    for (const std::string& name : names_in(row.front())) all.insert(name);
  }
  return all;
}

struct Fields {
  Names all;
  Names of_distributions;
  Names null;  // of either
};

void collect(const Json& json, const std::string& name, Fields& fields) {
  if (json.is_object()) {
    const bool is_distribution = json.contains("p99_9");
    if (is_distribution) fields.all.insert(name);
    for (const auto& [key, value] : json.items()) {
      if (is_distribution) {
        fields.of_distributions.insert(key);
        if (value.is_null()) fields.null.insert(key);
      } else {
        collect(value, name.empty() ? key : name + "." + key, fields);
      }
    }
  } else if (json.is_array() && !json.empty() && json[0].is_object()) {
    collect(json[0], name + "[]", fields);
  } else {
    fields.all.insert(name);
    if (json.is_null()) fields.null.insert(name);
  }
}

LoadSpec open_loop() {
  LoadSpec spec;
  spec.rate = parse_rate_profile("1k");
  return spec;
}

// Of a report as full as can be, and of one of nothing.
Fields fields_of_reports() {
  Tally tally;
  tally.series = {{.completed = 1}};
  tally.generator.run_delay.reset();  // as where the kernel does not count it
  Fields fields;
  for (const LoadSpec& spec : {open_loop(), LoadSpec()}) {
    collect(Json::parse(to_json(spec, tally, {}, {ObjectiveResult()})), "",
            fields);
  }
  return fields;
}

TEST(LoadgenDoc, HasEveryFieldOfTheReportAndNoOther) {
  const Fields fields = fields_of_reports();
  EXPECT_EQ(first_column("field"), fields.all);
  EXPECT_EQ(first_column("of a dist"), fields.of_distributions);
}

TEST(LoadgenDoc, SaysWhenAFieldIsNull) {
  Names said = nullable("field");
  said.merge(nullable("of a dist"));
  EXPECT_EQ(said, fields_of_reports().null);
}

TEST(LoadgenDoc, HasEveryFieldOfTheSeries) {
  const Json row = Json::parse(to_json_line(IntervalRow()));
  for (const auto& [key, value] : row.items()) {
    EXPECT_THAT(doc(), testing::HasSubstr("`" + key + "`"));
  }
}

TEST(LoadgenDoc, HasEveryErrorAndEveryCauseAndNoOther) {
  Names errors;
  for (const auto& [name, kind] : kErrorKinds) errors.insert(name);
  EXPECT_EQ(first_column("bucket"), errors);
  Names causes;
  for (const auto& [name, cause] : kErrorCauses) causes.insert(name);
  EXPECT_EQ(first_column("cause"), causes);
}

// What the source says to a person, with an ellipsis for each figure: string
// literals that stand next to each other are one.
Names reasons_in_source() {
  const std::string source = contents_of(SOURCE_DIR "/loadgen/verdict.cc");
  const std::regex literals(
      R"re("(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")*)re");
  const std::regex seam(R"re("\s*")re");
  const std::regex figure(R"(\{[^}]*\})");
  Names reasons;
  const std::size_t first = source.find("namespace");
  for (std::sregex_iterator
           match(source.begin() + static_cast<std::ptrdiff_t>(first),
                 source.end(), literals),
       end;
       match != end; ++match) {
    std::string text = std::regex_replace(match->str(), seam, "");
    text = std::regex_replace(text.substr(1, text.size() - 2), figure, "…");
    if (text.find(' ') != std::string::npos) reasons.insert(text);
  }
  return reasons;
}

TEST(LoadgenDoc, HasEveryReasonOfTheVerdictAndNoOther) {
  const Names reasons = reasons_in_source();
  EXPECT_GE(reasons.size(), 10);
  EXPECT_EQ(first_column("reason"), reasons);
}

}  // namespace
}  // namespace sockmark
