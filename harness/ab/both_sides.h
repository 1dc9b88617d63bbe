// The two sides of a comparison, from their names to what is said of them.
#pragma once

#include <filesystem>
#include <string>

#include "harness/ab/arm_comparison.h"
#include "harness/ab/matchup.h"
#include "harness/ab/side_servers.h"

namespace sockmark {

struct BothSides {
  SideServers base, head;
};

// Nothing is built or read. Throws std::invalid_argument as find_side(), and if
// there is a command and nothing to build by it.
BothSides both_sides(const std::string& base, const std::string& head,
                     const SideFiles& files, const std::string& build,
                     const std::filesystem::path& working_folder);

// "commit 12ab34cd56ef, built by 'make'"
ComparedSide described(const SideServers& servers);

// Of sides that are built: with the servers that are the same on both, and a
// note on changes that are not measured.
ComparedArms described(const BothSides& sides, const Matchup& matchup,
                       const std::filesystem::path& working_folder);

}  // namespace sockmark
