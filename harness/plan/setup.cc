#include "harness/plan/setup.h"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "harness/plan/experiment_file.h"
#include "harness/process/sha256.h"
#include "harness/record/record.h"
#include "harness/text/or_null.h"
#include "harness/tool/tool.h"
#include "harness/version.h"

namespace sockmark {
namespace {

using Json = nlohmann::ordered_json;

Json file_json(const std::string& file) {
  if (file.empty()) return nullptr;
  return {{"path", std::filesystem::absolute(file).string()},
          {"sha256", or_null(sha256_of_file(file))}};
}

Json tools_json(const Experiment& experiment) {
  Json tools = Json::object();
  for (const WorkloadPlan& plan : experiment.workloads) {
    for (const std::string& name : plan.tools) {
      if (tools.contains(name)) continue;
      const auto argv = find_tool(name).command(plan.with(name),
                                                {.url = "http://127.0.0.1/"});
      tools[name] = {{"sha256", or_null(sha256_of_program(argv[0]))}};
    }
  }
  return tools;
}

Json servers_json(const std::vector<ServerSpec>& servers) {
  Json json = Json::object();
  for (const ServerSpec& server : servers) {
    json[server.name] = {
        {"command", server.command},
        {"sha256", or_null(sha256_of_program(server.command[0], server.cwd))}};
  }
  return json;
}

}  // namespace

std::string describe(const RunSetup& setup) {
  const Json json = {
      {"schema_version", kSchemaVersion},
      {"sockmark_version", kVersion},
      {"experiment", Json::parse(to_text(setup.experiment))},
      {"models", file_json(setup.models)},
      {"manifest", file_json(setup.manifest)},
      {"servers", servers_json(setup.servers)},
      {"tools", tools_json(setup.experiment)},
      {"cpu_plan", {{"server", setup.cpus.server}, {"load", setup.cpus.load}}}};
  return json.dump(1);
}

RunSetup read_setup(const std::string& json_text, const std::string& origin) {
  try {
    const Json json = Json::parse(json_text);
    if (json.at("schema_version").get<int>() > kSchemaVersion) {
      throw std::runtime_error(origin + ": newer than this program: update it");
    }
    const auto path = [&json](const char* key) -> std::string {
      if (json.at(key).is_null()) return "";
      return json.at(key).at("path");
    };
    return {.experiment = parse_experiment(
                LocatedJson::parse(json_text, origin).at("experiment")),
            .models = path("models"),
            .manifest = path("manifest"),
            .has_sides = json.contains("sides")};
  } catch (const Json::exception& bad) {
    throw std::runtime_error(fmt::format("{}: {}", origin, bad.what()));
  }
}

std::vector<std::string> differences(const std::string& recorded,
                                     const std::string& now) {
  const auto before = nlohmann::json::parse(recorded);
  const auto after = nlohmann::json::parse(now);
  std::vector<std::string> lines;
  for (const auto& step : nlohmann::json::diff(before, after)) {
    const std::string pointer = step.at("path");
    const nlohmann::json::json_pointer at(pointer);
    const std::string name = pointer.empty() ? "all" : pointer.substr(1);
    if (step.at("op") == "add") {
      lines.push_back(name + " is new");
    } else if (step.at("op") == "remove") {
      lines.push_back(name + " is gone");
    } else {
      lines.push_back(fmt::format("{}: was {}, is {}", name,
                                  before.at(at).dump(), after.at(at).dump()));
    }
  }
  return lines;
}

}  // namespace sockmark
