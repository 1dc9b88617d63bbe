#include "harness/ab/arm.h"

#include <utility>

namespace sockmark {
namespace {

std::string without(const std::string& arm, const std::string& name) {
  const std::string ending = "@" + arm;
  if (arm.empty() || !name.ends_with(ending)) return name;
  return name.substr(0, name.size() - ending.size());
}

}  // namespace

std::string_view to_string(Arm arm) {
  return arm == Arm::base ? "base" : "head";
}

std::string name_in(Arm arm, const std::string& server) {
  return server + "@" + std::string(to_string(arm));
}

ServerSpec placed_in(Arm arm, ServerSpec server) {
  server.name = name_in(arm, server.name);
  server.arm = to_string(arm);
  return server;
}

std::string server_of(const ServerIdentity& server) {
  return without(server.arm.value_or(""), server.name);
}

std::string server_of(const ServerSpec& server) {
  return without(server.arm, server.name);
}

std::vector<TrialRecord> trials_of(Arm arm,
                                   const std::vector<TrialRecord>& trials) {
  std::vector<TrialRecord> result;
  for (const TrialRecord& trial : trials) {
    if (trial.server.arm != to_string(arm)) continue;
    result.push_back(trial);
    result.back().server.name = server_of(trial.server);
  }
  return result;
}

}  // namespace sockmark
