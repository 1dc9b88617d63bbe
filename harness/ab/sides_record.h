// The two sides in experiment.json, and so in result.json. Pure.
#pragma once

#include <string>

#include "harness/ab/side_servers.h"

namespace sockmark {

// `description`, which is the text of an experiment.json, with "sides" in it.
std::string with_sides(const std::string& description, const SideServers& base,
                       const SideServers& head);

}  // namespace sockmark
