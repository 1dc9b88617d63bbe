#include "harness/history/machine.h"

#include <fmt/format.h>

#include <functional>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "harness/text.h"

namespace sockmark {
namespace {

using Json = nlohmann::json;
using Value = std::optional<std::string>;

// As text; nothing where it is missing or null.
Value text_at(const Json& json, const char* pointer) {
  const Json::json_pointer at(pointer);
  if (!json.contains(at) || json.at(at).is_null()) return std::nullopt;
  const Json& value = json.at(at);
  return value.is_string() ? value.get<std::string>() : value.dump();
}

// "6.1" of "6.1.0-18-amd64": what comes behind is fixes.
Value kernel_in(const Json& json) {
  auto release = text_at(json, "/kernel");
  if (!release) return release;
  const auto dot = release->find('.');
  if (dot == std::string::npos) return release;
  return release->substr(0, release->find_first_not_of("0123456789", dot + 1));
}

struct Source {
  const char* name;
  const char* label;
  std::function<Value(const Json&)> read;
};

const std::vector<Source>& sources() {
  const auto at = [](const char* pointer) {
    return [pointer](const Json& json) { return text_at(json, pointer); };
  };
  static const std::vector<Source> kSources = {
      {"cpu_model", "CPU", at("/cpu_model")},
      {"cpus", "CPUs", at("/cpus")},
      {"kernel", "kernel", kernel_in},
      {"hypervisor", "hypervisor", at("/virtualisation/hypervisor")},
      {"container", "container", at("/virtualisation/container")},
      {"compiler", "compiler", at("/compiler")},
      {"compiler_flags", "compiler flags", at("/compiler_flags")},
      {"loadgen", "loadgen", at("/sockmark_version")}};
  return kSources;
}

}  // namespace

Value Machine::value(const std::string& name) const {
  for (const MachineTrait& trait : traits) {
    if (trait.name == name) return trait.value;
  }
  return std::nullopt;
}

Machine machine_of(const std::string& environment) {
  const Json json = Json::parse(environment, nullptr, false);
  if (!json.is_object()) {
    throw std::runtime_error("the environment is no JSON object");
  }
  Machine machine;
  for (const Source& source : sources()) {
    machine.traits.push_back({source.name, source.label, source.read(json)});
  }
  return machine;
}

std::vector<std::string> differences(const Machine& one, const Machine& other) {
  std::vector<std::string> all;
  for (const MachineTrait& trait : one.traits) {
    const Value instead = other.value(trait.name);
    if (trait.value == instead) continue;
    all.push_back(fmt::format("{} {} instead of {}", trait.label,
                              trait.value.value_or("unknown"),
                              instead.value_or("unknown")));
  }
  return all;
}

std::string describe(const Machine& machine) {
  std::vector<std::string> parts;
  const auto add = [&](const char* name, std::string_view before = "",
                       std::string_view after = "") {
    const Value value = machine.value(name);
    if (!value || *value == "none") return;
    parts.push_back(fmt::format("{}{}{}", before, *value, after));
  };
  add("cpu_model");
  add("cpus", "", machine.value("cpus") == "1" ? " CPU" : " CPUs");
  add("kernel", "Linux ");
  add("hypervisor");
  add("container");
  add("compiler");
  add("loadgen", "loadgen ");
  return join(parts, " · ");
}

}  // namespace sockmark
