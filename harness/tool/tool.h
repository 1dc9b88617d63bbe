// Load tools: how to call each, and what its output says in our terms.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/record/record.h"
#include "harness/tool/load_target.h"

namespace sockmark {

// An adapter is its functions; tool_<name>.cc has them.
struct LoadTool {
  std::string name;
  std::string package;  // Debian's; empty for loadgen, which comes with us

  // Why it cannot put this workload on; nothing if it can.
  std::optional<std::string> (*cannot)(const Workload& workload);

  // The command line for a load. Throws std::invalid_argument if the tool
  // cannot do this workload, or take such answers for good ones.
  std::vector<std::string> (*command)(const Workload& workload,
                                      const LoadTarget& target);

  // The load that warms the server up, for tools that cannot do so within the
  // same run; null for the others.
  std::vector<std::string> (*warmup_command)(const Workload& workload,
                                             const LoadTarget& target);

  // What it printed on stdout. What a tool cannot know stays absent, never
  // estimated. Throws std::runtime_error for what is no output of this tool.
  LoadResult (*parse)(std::string_view output);

  // Has it print its version, and finds that in what it printed.
  std::vector<std::string> (*version_command)();
  std::optional<std::string> (*version_in)(std::string_view output);

  // What it is, or why that cannot be had. Asked once per process; takes at
  // most some seconds.
  struct Version {
    std::optional<std::string> version;
    std::string why_not;
  };
  const Version& version() const;
};

extern const LoadTool kLoadgen;
extern const LoadTool kWrk;
extern const LoadTool kH2load;
extern const LoadTool kAb;

// Throws std::invalid_argument that lists what there is.
const LoadTool& find_tool(const std::string& name);

bool can_put_on(const LoadTool& tool, const Workload& workload);

// A sentence for each of these workloads that one of these tools cannot put on:
// "wrk is left out of rate: it has no open loop, it holds no rate".
std::vector<std::string> left_out(const std::vector<Workload>& workloads,
                                  const std::vector<std::string>& tools);

// What it printed in our terms, with its version in tool.version, or the reason
// why that is null in tool.version_unavailable. Throws as LoadTool::parse does.
LoadResult read_load(const LoadTool& tool, std::string_view output);

// Throws std::runtime_error, with the remedy, if the tool is not installed.
void require_tool(const LoadTool& tool);

}  // namespace sockmark
