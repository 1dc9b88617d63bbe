#include "harness/compare/fingerprint.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "harness/text/located_json.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

using Json = nlohmann::json;
using Value = std::optional<std::string>;

constexpr const char* kLibc = "libc";

// The value at `pointer` as text; nothing where it is missing or null.
Value text_at(const Json& json, const char* pointer) {
  const Json::json_pointer at(pointer);
  if (!json.contains(at) || json.at(at).is_null()) return std::nullopt;
  const Json& value = json.at(at);
  return value.is_string() ? value.get<std::string>() : value.dump();
}

auto said_at(const char* pointer) {
  return [pointer](const Json& json) { return text_at(json, pointer); };
}

// "6.1" of "6.1.0-18-amd64": what comes behind is fixes.
Value kernel(const Json& json) {
  auto release = text_at(json, "/kernel");
  if (!release) return release;
  const auto dot = release->find('.');
  if (dot == std::string::npos) return release;
  return release->substr(0, release->find_first_not_of("0123456789", dot + 1));
}

// "1 + 1", of server and load; "shared".
Value cpu_plan(const Json& json) {
  const Json server = json.value("cpus_of_server", Json());
  const Json load = json.value("cpus_of_load", Json());
  if (!server.is_array() || !load.is_array()) return std::nullopt;
  if (server.empty() && load.empty()) return "shared";
  return fmt::format("{} + {}", server.size(), load.size());
}

struct Source {
  const char* name;
  const char* label;
  std::function<Value(const Json&)> read;
};

const std::vector<Source>& sources() {
  static const std::vector<Source> kSources = {
      {"cpu_model", "CPU", said_at("/cpu_model")},
      {"architecture", "architecture", said_at("/architecture")},
      {"cpus", "CPUs", said_at("/cpus")},
      {"cpu_plan", "CPUs of server and load", cpu_plan},
      {"cpu_limit", "CPUs' time that the cgroup may use",
       said_at("/cgroup/cpus")},
      {"kernel", "kernel", kernel},
      {"hypervisor", "hypervisor", said_at("/virtualisation/hypervisor")},
      {"container", "container", said_at("/virtualisation/container")},
      {"compiler", "compiler", said_at("/compiler")},
      {"compiler_flags", "compiler's flags", said_at("/compiler_flags")},
      {kLibc, "C library", said_at("/libc")},
      {"loadgen", "loadgen's version", said_at("/sockmark_version")},
      {"schema_version", "schema of the records", said_at("/schema_version")}};
  return kSources;
}

// As two of them have it.
struct Difference {
  std::string label;
  std::string base, head;
};

std::vector<Difference> compare(const Fingerprint& base,
                                const Fingerprint& head) {
  constexpr const char* kNotSaid = "not said";
  std::vector<Difference> all;
  for (const Trait& trait : base.traits) {
    const Value other = head.value(trait.name);
    if (trait.value == other) continue;
    if (trait.name == kLibc && (!trait.value || !other)) continue;
    all.push_back({.label = trait.label,
                   .base = trait.value.value_or(kNotSaid),
                   .head = other.value_or(kNotSaid)});
  }
  return all;
}

}  // namespace

Value Fingerprint::value(const std::string& name) const {
  for (const Trait& trait : traits) {
    if (trait.name == name) return trait.value;
  }
  return std::nullopt;
}

Fingerprint empty_fingerprint() {
  Fingerprint fingerprint;
  for (const Source& source : sources()) {
    fingerprint.traits.push_back({source.name, source.label, std::nullopt});
  }
  return fingerprint;
}

Fingerprint fingerprint_of(const std::string& environment,
                           const std::string& origin) {
  LocatedJson::parse(environment, origin).at("kernel").text();
  const Json json = Json::parse(environment, nullptr, true, true);
  Fingerprint fingerprint = empty_fingerprint();
  for (std::size_t i = 0; i < sources().size(); ++i) {
    fingerprint.traits[i].value = sources()[i].read(json);
  }
  return fingerprint;
}

std::vector<std::string> differences(const Fingerprint& base,
                                     const Fingerprint& head) {
  std::vector<std::string> lines;
  for (const Difference& one : compare(base, head)) {
    lines.push_back(fmt::format("{}: {} in the base, {} in the new one",
                                one.label, one.base, one.head));
  }
  return lines;
}

std::string instead_of(const Fingerprint& other, const Fingerprint& usual) {
  std::vector<std::string> parts;
  for (const Difference& one : compare(usual, other)) {
    parts.push_back(
        fmt::format("{} {} instead of {}", one.label, one.head, one.base));
  }
  return join(parts, ", ");
}

std::string describe(const Fingerprint& fingerprint) {
  std::vector<std::string> parts;
  const auto add = [&](const char* name, std::string_view before = "",
                       std::string_view after = "") {
    const Value value = fingerprint.value(name);
    if (!value || *value == "none") return;
    parts.push_back(fmt::format("{}{}{}", before, *value, after));
  };
  add("cpu_model");
  add("cpus", "", fingerprint.value("cpus") == "1" ? " CPU" : " CPUs");
  add("kernel", "Linux ");
  add("hypervisor");
  add("container");
  add("compiler");
  add("loadgen", "loadgen ");
  return join(parts, " · ");
}

}  // namespace sockmark
