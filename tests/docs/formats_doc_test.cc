// docs/formats.md has every field of every schema, says which may be null, and
// has no other.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/harness/golden.h"

namespace sockmark {
namespace {

using Json = nlohmann::json;
using Nullable = std::map<std::string, bool>;  // by field

struct Section {
  const char* heading;
  const char* schema;
};

constexpr Section kSections[] = {{"environment.json", "environment"},
                                 {"trials.jsonl", "trial"},
                                 {"experiment.json", "setup"},
                                 {"result.json", "result"},
                                 {"comparison.json", "comparison"},
                                 {"baseline.json", "baseline"},
                                 {"Experiment files", "experiment"},
                                 {"Manifests", "manifest"},
                                 {"sockmark doctor --json", "doctor"},
                                 {"sockmark history --json", "history"},
                                 {"sockmark selfcheck --json", "selfcheck"}};

std::string section(const std::string& heading) {
  const std::string doc = contents_of(SOURCE_DIR "/docs/formats.md");
  const std::string begin = "\n## " + heading + "\n";
  const auto at = doc.find(begin);
  EXPECT_NE(at, std::string::npos) << heading;
  const auto body = at + begin.size();
  return doc.substr(body, doc.find("\n## ", body) - body);
}

// The rows of the tables whose head begins with `head`, each as its cells.
std::vector<std::vector<std::string>> rows(const std::string& text,
                                           const std::string& head) {
  std::istringstream lines(text);
  std::vector<std::vector<std::string>> all;
  bool is_in = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("| " + head + " |")) {
      is_in = true;
    } else if (!line.starts_with("|")) {
      is_in = false;
    } else if (is_in && line.starts_with("| ")) {
      std::vector<std::string>& cells = all.emplace_back();
      std::istringstream row(line.substr(1));
      for (std::string cell; std::getline(row, cell, '|');) {
        cells.push_back(cell);
      }
    }
  }
  return all;
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

Nullable documented(const std::string& heading) {
  Nullable fields;
  for (const auto& row : rows(section(heading), "field")) {
    for (const std::string& name : names_in(row.front())) {
      EXPECT_TRUE(fields.emplace(name, row.back() != " ").second)
          << name << " twice";
    }
  }
  return fields;
}

Json schema(const std::string& name) {
  return Json::parse(
      contents_of(SOURCE_DIR "/docs/schema/" + name + ".schema.json"));
}

bool allows_null(const Json& type) {
  return type == "null" ||
         (type.is_array() && std::count(type.begin(), type.end(), "null"));
}

// What is in another schema is told there.
void collect(const Json& json, const std::string& name, bool is_nullable,
             Nullable& fields) {
  if (json.contains("anyOf")) {
    return collect(json["anyOf"][1], name, true, fields);
  }
  is_nullable = is_nullable || allows_null(json.value("type", Json()));
  const Json free_keys = json.value("additionalProperties", Json());
  const Json items = json.value("items", Json::object());
  if (json.contains("properties")) {
    for (const auto& [key, value] : json["properties"].items()) {
      collect(value, name.empty() ? key : name + "." + key, is_nullable,
              fields);
    }
  } else if (free_keys.is_object() && free_keys.contains("properties")) {
    collect(free_keys, name + ".NAME", is_nullable, fields);
  } else if (items.contains("properties")) {
    collect(items, name + "[]", is_nullable, fields);
  } else {
    fields[name] = is_nullable;
  }
}

Nullable in_schema(const std::string& name) {
  Nullable fields;
  collect(schema(name), "", false, fields);
  return fields;
}

std::set<std::string> names_of(const Nullable& fields) {
  std::set<std::string> names;
  for (const auto& [name, nullable] : fields) names.insert(name);
  return names;
}

TEST(FormatsDoc, HasEveryFieldOfEverySchemaAndNoOther) {
  for (const Section& one : kSections) {
    EXPECT_EQ(names_of(documented(one.heading)),
              names_of(in_schema(one.schema)))
        << one.heading;
  }
}

TEST(FormatsDoc, SaysWhenAFieldIsNull) {
  for (const Section& one : kSections) {
    // What people write has another last column.
    if (section(one.heading).find("| left out |") != std::string::npos)
      continue;
    const Nullable said = documented(one.heading);
    for (const auto& [name, is_nullable] : in_schema(one.schema)) {
      const auto found = said.find(name);
      if (found == said.end()) continue;
      EXPECT_EQ(found->second, is_nullable) << one.heading << ": " << name;
    }
  }
}

TEST(FormatsDoc, SaysWhatHappensWhereAFieldIsLeftOut) {
  for (const char* const heading : {"Experiment files", "Manifests"}) {
    for (const auto& [name, is_told] : documented(heading)) {
      EXPECT_TRUE(is_told) << name;
    }
  }
}

TEST(FormatsDoc, HasEveryStatusOfATrialAndNoOther) {
  std::set<std::string> said;
  for (const auto& row : rows(section("trials.jsonl"), "status")) {
    for (const std::string& name : names_in(row.front())) said.insert(name);
  }
  const auto statuses = schema("trial")["properties"]["status"]["enum"]
                            .get<std::set<std::string>>();
  EXPECT_EQ(said, statuses);
}

TEST(FormatsDoc, LeadsToEverySchema) {
  std::set<std::string> told = {"load.schema.json"};  // docs/loadgen.md has it
  for (const Section& one : kSections) {
    told.insert(std::string(one.schema) + ".schema.json");
  }
  std::set<std::string> there;
  for (const auto& file :
       std::filesystem::directory_iterator(SOURCE_DIR "/docs/schema")) {
    there.insert(file.path().filename().string());
  }
  EXPECT_EQ(told, there);
}

}  // namespace
}  // namespace sockmark
