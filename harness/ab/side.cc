#include "harness/ab/side.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "harness/process/git.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> output_of(const GitAnswer& answer) {
  return answer.ok ? std::optional(answer.out) : std::nullopt;
}

std::optional<std::string> commit_of(const fs::path& folder,
                                     const std::string& revision) {
  return output_of(git(folder, {"rev-parse", "--verify", "--quiet",
                                "--end-of-options", revision + "^{commit}"}));
}

// Files that git does not know count for nothing: a build makes many.
std::optional<bool> is_dirty(const fs::path& folder) {
  const auto changes =
      output_of(git(folder, {"status", "--porcelain", "--untracked-files=no"}));
  return changes ? std::optional(!changes->empty()) : std::nullopt;
}

bool is_file(const fs::path& folder, const std::string& name) {
  return !name.empty() && fs::is_regular_file(folder / name);
}

bool has_servers(const fs::path& folder, const SideFiles& files) {
  return is_file(folder, "servers/MODELS") || is_file(folder, "MODELS") ||
         is_file(folder, files.models) || is_file(folder, files.manifest);
}

// What of the disk the name is.
std::optional<SideKind> kind_on_disk(const fs::path& path,
                                     const SideFiles& files) {
  if (fs::is_regular_file(path) && path.extension() == ".json") {
    return SideKind::manifest;
  }
  if (!fs::is_directory(path)) return std::nullopt;
  if (fs::exists(path / ".git")) return SideKind::folder;
  if (has_servers(path, files)) return SideKind::build;
  return std::nullopt;
}

[[noreturn]] void refuse(const Side& side, const std::string& why) {
  throw std::invalid_argument(title_of(side) + ": " + why);
}

// Git puts a remedy on a line of its own, behind a tab.
std::string trimmed(const std::string& text) {
  return text.substr(std::min(text.size(), text.find_first_not_of(" \t")));
}

std::string why_nothing(const fs::path& path, const std::string& where) {
  if (fs::is_regular_file(path)) {
    return "the file is no manifest, whose name ends in .json, and " + where;
  }
  if (fs::is_directory(path)) {
    return fmt::format(
        "the folder has neither .git nor servers/MODELS nor MODELS, and {}",
        where);
  }
  if (path.extension() == ".json") return "there is no such file";
  return "there is no such file or folder, and " + where;
}

}  // namespace

std::string_view to_string(SideKind kind) {
  constexpr std::array<std::string_view, 4> kNames = {"revision", "folder",
                                                      "build", "manifest"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string title_of(const Side& side) {
  return fmt::format("{} '{}'", to_string(side.arm), side.name);
}

Side find_side(Arm arm, const std::string& name, const SideFiles& files,
               const fs::path& working_folder) {
  Side side = {.arm = arm, .name = name};
  if (name.empty()) refuse(side, "expected a revision, a folder or a manifest");
  const fs::path path = fs::weakly_canonical(working_folder / name);
  const auto kind = kind_on_disk(path, files);
  const GitAnswer top = git(working_folder, {"rev-parse", "--show-toplevel"});
  const auto revision = top.ok ? commit_of(working_folder, name) : std::nullopt;
  if (kind && revision && name.find('/') == std::string::npos) {
    refuse(side, fmt::format("it is a {} and a revision: write ./{} or {}",
                             to_string(*kind), name, short_commit(*revision)));
  }
  if (kind) {
    side.kind = *kind;
    side.path = path;
    if (*kind == SideKind::folder) {
      side.commit = commit_of(path, "HEAD");
      side.dirty = is_dirty(path);
    }
    return side;
  }
  if (!top.ok) {
    refuse(side, why_nothing(path, fmt::format("{} is in no repository that "
                                               "git would read (it says: {})",
                                               working_folder.string(),
                                               trimmed(top.said))));
  }
  if (!revision) {
    refuse(side,
           why_nothing(path, fmt::format("no such revision in {} (a clone may "
                                         "lack it: git fetch)",
                                         top.out)));
  }
  side.kind = SideKind::revision;
  side.path = top.out;
  side.commit = revision;
  return side;
}

std::string description_of(const Side& side) {
  switch (side.kind) {
    case SideKind::revision:
      return "commit " + short_commit(side.commit.value_or(""));
    case SideKind::folder:
      return fmt::format(
          "working tree{}{}",
          side.commit ? " at " + short_commit(*side.commit) : "",
          side.dirty.value_or(false) ? " with uncommitted changes" : "");
    case SideKind::build:
      return "build folder " + side.path.string();
    case SideKind::manifest:
      return "manifest " + side.path.string();
  }
  return "";
}

bool leaves_changes_out(const Side& side, const fs::path& working_folder) {
  return side.kind == SideKind::revision &&
         commit_of(working_folder, "HEAD") == side.commit &&
         is_dirty(working_folder).value_or(false);
}

}  // namespace sockmark
