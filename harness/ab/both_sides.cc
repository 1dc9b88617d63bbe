#include "harness/ab/both_sides.h"

#include <fmt/format.h>

#include <stdexcept>

#include "harness/ab/identity.h"

namespace sockmark {

BothSides both_sides(const std::string& base, const std::string& head,
                     const SideFiles& files, const std::string& build,
                     const std::filesystem::path& working_folder) {
  const auto side = [&](Arm arm, const std::string& name) {
    return located(find_side(arm, name, files, working_folder), files, build);
  };
  BothSides sides = {.base = side(Arm::base, base),
                     .head = side(Arm::head, head)};
  if (!build.empty() && sides.base.build.empty() && sides.head.build.empty()) {
    throw std::invalid_argument(
        "--build: neither side is a revision or a working tree");
  }
  return sides;
}

ComparedSide described(const SideServers& servers) {
  const std::string how = servers.build.empty()
                              ? ""
                              : fmt::format(", built by '{}'", servers.build);
  return {.name = servers.side.name,
          .description = description_of(servers.side) + how};
}

ComparedArms described(const BothSides& sides, const Matchup& matchup,
                       const std::filesystem::path& working_folder) {
  ComparedArms arms = {.base = described(sides.base),
                       .head = described(sides.head),
                       .identical = {},
                       .notes = {}};
  for (std::size_t i = 0; i + 1 < matchup.servers.size(); i += 2) {
    const ServerSpec& base = matchup.servers[i];
    if (!is_identical(base, matchup.servers[i + 1])) continue;
    arms.identical.push_back(server_of(base));
  }
  const Side& base = sides.base.side;
  const Side& head = sides.head.side;
  if (base.kind == SideKind::revision && head.kind == SideKind::revision &&
      base.commit == head.commit) {
    arms.notes.push_back(fmt::format(
        "Both sides are {}: whatever differs is noise.", description_of(base)));
  }
  if (leaves_changes_out(head, working_folder)) {
    arms.notes.push_back(fmt::format(
        "Uncommitted changes are not measured: '{}' is a commit, and '.' would "
        "be the working tree.",
        head.name));
  }
  return arms;
}

}  // namespace sockmark
