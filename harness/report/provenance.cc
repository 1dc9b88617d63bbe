#include "harness/report/provenance.h"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "harness/text/text.h"

namespace sockmark {
namespace {

using Json = nlohmann::json;

// What the run's files say, the first one first.
class Facts {
 public:
  explicit Facts(const std::filesystem::path& folder) {
    for (const char* const name : {"environment.json", "result.json"}) {
      std::ifstream file(folder / name);
      Json json = Json::parse(file, nullptr, false);
      if (!json.is_object()) continue;
      if (json.contains("environment")) files_.push_back(json["environment"]);
      files_.push_back(std::move(json));
    }
  }

  // Empty where nobody says it. A list counts as its length.
  std::string get(const char* key) const {
    for (const Json& file : files_) {
      if (!file.is_object() || !file.contains(key)) continue;
      const Json& value = file[key];
      if (value.is_string()) return value.get<std::string>();
      if (value.is_number()) return value.dump();
      if (value.is_array()) return fmt::format("{}", value.size());
    }
    return "";
  }

 private:
  std::vector<Json> files_;
};

}  // namespace

std::string provenance_of(const std::filesystem::path& run_folder) {
  constexpr std::size_t kShortCommit = 12;
  const Facts facts(run_folder);
  std::vector<std::string> parts;
  const auto add = [&parts](std::string_view before, const std::string& fact,
                            std::string_view after = "") {
    if (!fact.empty())
      parts.push_back(fmt::format("{}{}{}", before, fact, after));
  };
  const std::string cpus = facts.get("cpus");
  std::string kernel = facts.get("kernel");
  if (!kernel.empty() && !kernel.starts_with("Linux")) {
    kernel = "Linux " + kernel;
  }
  add("", facts.get("cpu_model"));
  add("", cpus, cpus == "1" ? " CPU" : " CPUs");
  add("", kernel);
  add("commit ", facts.get("git_commit").substr(0, kShortCommit));
  add("", facts.get("date"));
  add("seed ", facts.get("seed"));
  return join(parts, " · ");
}

}  // namespace sockmark
