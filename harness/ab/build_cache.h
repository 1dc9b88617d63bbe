// Builds of revisions, each in a git worktree of its own and made once.
//
//   $XDG_CACHE_HOME/sockmark/builds/<repository>/<commit>/<command>/
//     tree/  lock  built  build.log
//
// XDG_CACHE_HOME is ~/.cache where it is not set; <repository> and <command>
// are hashes. A build counts as made once `built` is there, which is written
// last: one that failed or was cut off is begun anew. Of each repository the
// kMostBuilds that were used last are kept. It may all be removed at any time
// that nothing is measured.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>

namespace sockmark {

inline constexpr std::size_t kMostBuilds = 10;

struct RevisionBuild {
  std::string title;                 // of the side, for messages
  std::filesystem::path repository;  // any folder of it
  std::string commit;                // in full
  std::string command = {};          // for sh; empty: there is nothing to build
};

using Say = std::function<void(const std::string& line)>;

// Where it is, or would be.
std::filesystem::path tree_of(const RevisionBuild& build);

bool is_built(const RevisionBuild& build);

// What the last build of a working tree said, which is not kept here itself.
// Throws std::runtime_error if there is nowhere to keep it.
std::filesystem::path log_of_working_tree(const std::filesystem::path& folder);

// The tree, checked out and built if it was not; waits for another process that
// is at it. Throws std::runtime_error if git or the build fails.
std::filesystem::path made(const RevisionBuild& build, const Say& say);

}  // namespace sockmark
