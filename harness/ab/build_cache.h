// Builds of revisions, each in a git worktree of its own and made once.
//
//   $XDG_CACHE_HOME/sockmark/builds/<repository>/<commit>/<command>/
//     tree/  lock  built  build.log
//
// XDG_CACHE_HOME is ~/.cache where it is not set; <repository> and <command>
// are hashes. A build counts as made once `built` is there, which is written
// last: one that failed or was cut off is begun anew. It may all be removed at
// any time that nothing is measured.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

namespace sockmark {

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

// The tree, checked out and built if it was not; waits for another process that
// is at it. Throws std::runtime_error if git or the build fails.
std::filesystem::path made(const RevisionBuild& build, const Say& say);

}  // namespace sockmark
