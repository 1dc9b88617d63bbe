// Load tools: how to call each, and what its output says in our terms.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/record.h"

namespace sockmark {

// An adapter is its functions; tool_<name>.cc has them.
struct LoadTool {
  std::string name;

  // The command line for a load. Throws std::invalid_argument if the tool
  // cannot do this workload.
  std::vector<std::string> (*command)(const Workload& workload,
                                      const std::string& url);

  // The load that warms the server up, for tools that cannot do so within the
  // same run; null for the others.
  std::vector<std::string> (*warmup_command)(const Workload& workload,
                                             const std::string& url);

  // What it printed on stdout. What a tool cannot know stays absent, never
  // estimated. Throws std::runtime_error for what is no output of this tool.
  LoadResult (*parse)(std::string_view output);
};

extern const LoadTool kLoadgen;
extern const LoadTool kWrk;

// Throws std::invalid_argument that lists what there is.
const LoadTool& find_tool(const std::string& name);

// The file that the shell would run.
std::optional<std::filesystem::path> find_in_path(const std::string& program);

// Whether the shell would find it.
bool is_in_path(const std::string& program);

// Throws std::runtime_error, with the remedy, if the tool is not installed.
void require_tool(const LoadTool& tool);

}  // namespace sockmark
