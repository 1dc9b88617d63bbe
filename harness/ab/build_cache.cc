#include "harness/ab/build_cache.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>
#include <stdexcept>

#include "harness/ab/build_command.h"
#include "harness/ab/named_file_lock.h"
#include "harness/process/git.h"
#include "harness/text/replace_file.h"
#include "harness/text/text_file.h"
#include "harness/text/text_hash.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;

constexpr const char* kBuilds = "sockmark/builds";

// By the rules of the XDG base directories, which ignore a relative path.
fs::path cache_folder() {
  const char* const cache = std::getenv("XDG_CACHE_HOME");
  if (cache != nullptr && cache[0] == '/') return fs::path(cache) / kBuilds;
  const char* const home = std::getenv("HOME");
  if (home == nullptr || home[0] == '\0') {
    throw std::runtime_error(
        "nowhere to keep builds: neither HOME nor XDG_CACHE_HOME is set");
  }
  return fs::path(home) / ".cache" / kBuilds;
}

std::string required(const RevisionBuild& build, const fs::path& folder,
                     const std::vector<std::string>& arguments) {
  GitAnswer answer = git(folder, arguments);
  if (answer.ok) return std::move(answer.out);
  throw std::runtime_error(fmt::format("{}: git {} failed: {}", build.title,
                                       arguments[0], answer.said));
}

// The same for all worktrees of a repository.
fs::path repository_folder(const RevisionBuild& build) {
  const fs::path common =
      required(build, build.repository, {"rev-parse", "--git-common-dir"});
  const auto whole = fs::weakly_canonical(build.repository / common);
  return cache_folder() / hash_of_text(whole.string());
}

fs::path place_of(const RevisionBuild& build) {
  return repository_folder(build) / build.commit / hash_of_text(build.command);
}

std::string mark_of(const RevisionBuild& build) {
  return build.commit + "\n" + build.command + "\n";
}

bool is_marked(const fs::path& place, const RevisionBuild& build) {
  return fs::exists(place / "built") && fs::is_directory(place / "tree") &&
         read_text(place / "built") == mark_of(build);
}

// Also one that is locked, as git does until it is whole.
void remove(const RevisionBuild& build, const fs::path& tree) {
  git(build.repository,
      {"worktree", "remove", "--force", "--force", tree.string()});
}

// Git remembers worktrees whose folders are gone. Only ours are forgotten:
// others may be on a disk that is not there at the moment.
void forget_lost_trees(const RevisionBuild& build, const fs::path& ours) {
  constexpr std::string_view kWorktree = "worktree ";
  std::istringstream lines(
      required(build, build.repository, {"worktree", "list", "--porcelain"}));
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(kWorktree)) continue;
    const fs::path tree = line.substr(kWorktree.size());
    const bool is_ours = tree.string().starts_with(ours.string() + "/");
    if (is_ours && !fs::exists(tree)) {
      remove(build, tree);
    }
  }
}

// Those with a tree, the one used last first.
std::vector<fs::path> places_of_trees(const fs::path& repository) {
  std::vector<std::pair<fs::file_time_type, fs::path>> places;
  for (const auto& commit : fs::directory_iterator(repository)) {
    if (!commit.is_directory()) continue;
    for (const auto& place : fs::directory_iterator(commit)) {
      if (!fs::exists(place.path() / "tree")) continue;
      std::error_code unknown;  // then it is as if it were the oldest
      places.emplace_back(fs::last_write_time(place.path() / "lock", unknown),
                          place.path());
    }
  }
  std::sort(places.rbegin(), places.rend());
  std::vector<fs::path> sorted;
  for (auto& [used, place] : places) sorted.push_back(std::move(place));
  return sorted;
}

// Makes room for one more. Locks stay where they are: another process may wait
// for one.
void remove_old_builds(const RevisionBuild& build) {
  const auto places = places_of_trees(repository_folder(build));
  for (std::size_t i = kMostBuilds - 1; i < places.size(); ++i) {
    const auto lock = NamedFileLock::if_free(places[i] / "lock");
    if (!lock) continue;
    fs::remove(places[i] / "built");
    remove(build, places[i] / "tree");
    fs::remove_all(places[i] / "tree");
    fs::remove(places[i] / "build.log");
  }
}

void check_out(const fs::path& place, const RevisionBuild& build) {
  const fs::path tree = place / "tree";
  remove(build, tree);
  fs::remove_all(tree);
  forget_lost_trees(build, repository_folder(build));
  remove_old_builds(build);
  required(
      build, build.repository,
      {"worktree", "add", "--force", "--detach", tree.string(), build.commit});
}

}  // namespace

fs::path tree_of(const RevisionBuild& build) {
  return place_of(build) / "tree";
}

bool is_built(const RevisionBuild& build) {
  return is_marked(place_of(build), build);
}

fs::path log_of_working_tree(const fs::path& folder) {
  const auto name = hash_of_text(fs::weakly_canonical(folder).string());
  return cache_folder() / (name + ".log");
}

fs::path made(const RevisionBuild& build, const Say& say) {
  const fs::path place = place_of(build);
  const std::string commit = short_commit(build.commit);
  fs::create_directories(place);
  const NamedFileLock lock(place / "lock", [&] {
    say(fmt::format("waiting for another build of {}", commit));
  });
  fs::last_write_time(place / "lock", fs::file_time_type::clock::now());
  if (is_marked(place, build)) return place / "tree";
  fs::remove(place / "built");
  {
    // Git itself copes with two at a time, but not in all its versions.
    const NamedFileLock adding(repository_folder(build) / "lock", [] {});
    check_out(place, build);
  }
  if (!build.command.empty()) {
    say(fmt::format("building {} ({}) in {}: {}", build.title, commit,
                    (place / "tree").string(), build.command));
    run_build(build.title, place / "tree", build.command, place / "build.log");
  }
  write_file(place / "built", mark_of(build));
  return place / "tree";
}

}  // namespace sockmark
