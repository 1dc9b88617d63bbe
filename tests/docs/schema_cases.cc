#include "tests/docs/schema_cases.h"

#include <set>

namespace sockmark {
namespace {

using Json = nlohmann::json;
using Pointer = Json::json_pointer;

bool has_free_keys(const Pointer& at) {
  static const std::set<std::string> kFree = {"unavailable", "mitigations"};
  return !at.empty() && kFree.contains(at.back());
}

// The first element stands for all of a list.
void visit(const Json& json, const Pointer& at,
           const std::function<void(const Pointer&, const Json&)>& see) {
  see(at, json);
  if (has_free_keys(at)) return;
  if (json.is_object()) {
    for (const auto& [key, value] : json.items()) visit(value, at / key, see);
  } else if (json.is_array() && !json.empty()) {
    visit(json.front(), at / 0, see);
  }
}

}  // namespace

std::vector<SchemaCase> mutants_of(const SchemaCase& valid) {
  std::vector<SchemaCase> mutants;
  const auto add = [&](const std::string& what, Json instance) {
    mutants.push_back({.schema = valid.schema,
                       .what = valid.what + ": " + what,
                       .instance = std::move(instance)});
  };
  visit(valid.instance, Pointer(), [&](const Pointer& at, const Json& json) {
    const std::string name = at.to_string();
    if (json.is_object() && !has_free_keys(at)) {
      Json more = valid.instance;
      more[at]["no_such_field"] = 1;
      add("unknown field in " + name, std::move(more));
    }
    if (at.empty() || at.back() == "0") return;
    Json other = valid.instance;
    other[at] = Json{{"of_another", "type"}, {"than", {1}}};
    add("wrong type of " + name, std::move(other));
    Json less = valid.instance;
    less[at.parent_pointer()].erase(at.back());
    add("without " + name, std::move(less));
  });
  return mutants;
}

}  // namespace sockmark
