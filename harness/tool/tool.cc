#include "harness/tool/tool.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "harness/process/child.h"
#include "harness/process/find_program.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

constexpr std::chrono::seconds kVersionPatience(3);

std::array<const LoadTool*, 4> all_tools() {
  return {&kLoadgen, &kWrk, &kH2load, &kAb};
}

// Whatever its exit status: wrk's is that of a usage error.
LoadTool::Version ask_version(const LoadTool& tool) {
  try {
    Child child({.argv = tool.version_command(), .cpus = {}});
    if (!child.wait_for(kVersionPatience)) {
      return {.version = {}, .why_not = tool.name + " did not say in time"};
    }
    auto version = tool.version_in(child.out());
    if (version) return {.version = std::move(version), .why_not = ""};
    return {.version = {}, .why_not = tool.name + " printed no version"};
  } catch (const std::exception& failure) {
    return {.version = {}, .why_not = one_line(failure.what())};
  }
}

}  // namespace

const LoadTool::Version& LoadTool::version() const {
  static std::map<std::string, Version> known;
  const auto found = known.find(name);
  if (found != known.end()) return found->second;
  return known.emplace(name, ask_version(*this)).first->second;
}

const LoadTool& find_tool(const std::string& name) {
  std::vector<std::string> names;
  for (const LoadTool* tool : all_tools()) {
    if (tool->name == name) return *tool;
    names.push_back(tool->name);
  }
  throw std::invalid_argument(fmt::format(
      "no load tool named '{}'; there are {}", name, join(names, ", ")));
}

bool can_put_on(const LoadTool& tool, const Workload& workload) {
  return !tool.cannot(workload);
}

std::vector<std::string> left_out(const std::vector<Workload>& workloads,
                                  const std::vector<std::string>& tools) {
  std::vector<std::string> sentences;
  for (const Workload& workload : workloads) {
    for (const std::string& name : tools) {
      const auto reason = find_tool(name).cannot(workload);
      if (!reason) continue;
      sentences.push_back(fmt::format("{} is left out of {}: {}", name,
                                      workload.name, *reason));
    }
  }
  return sentences;
}

LoadResult read_load(const LoadTool& tool, std::string_view output) {
  LoadResult load = tool.parse(output);
  if (load.tool_version) return load;
  auto json = nlohmann::ordered_json::parse(load.json);
  const LoadTool::Version& version = tool.version();
  if (version.version) {
    json["tool"]["version"] = *version.version;
  } else {
    json["tool"]["version_unavailable"] = version.why_not;
  }
  return parse_load(json.dump());
}

void require_tool(const LoadTool& tool) {
  if (tool.package.empty() || find_program(tool.name)) return;
  throw std::runtime_error(tool.name + " is not installed: apt-get install " +
                           tool.package + ", or use --tool loadgen");
}

}  // namespace sockmark
