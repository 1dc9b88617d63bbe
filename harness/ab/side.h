// One side of a comparison: what was asked for, and what that is.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "harness/ab/arm.h"

namespace sockmark {

enum class SideKind {
  revision,  // of the repository around the working folder: built on its own
  folder,    // a working tree as it is, changes included
  build,     // a folder with servers/MODELS, or MODELS, and binaries beside it
  manifest   // a manifest file
};
std::string_view to_string(SideKind kind);

// Where a side's servers are told of, from its own folder: --models and
// --manifest. Empty: not given.
struct SideFiles {
  std::string models;
  std::string manifest;
};

struct Side {
  Arm arm = Arm::base;
  std::string name = {};  // as asked for
  SideKind kind = SideKind::folder;
  // The repository of a revision; else the folder or the file itself. Absolute.
  std::filesystem::path path = {};
  std::optional<std::string> commit = {};  // in full; of one with a repository
  std::optional<bool> dirty = {};          // of a working tree
};

// Throws std::invalid_argument for what is none of these, or may be two. A file
// that ends in .json is a manifest; a folder with .git a working tree; a folder
// that has a list of servers a build; all else a revision.
Side find_side(Arm arm, const std::string& name, const SideFiles& files,
               const std::filesystem::path& working_folder);

// "base 'main'"
std::string title_of(const Side& side);

// "commit 12ab34cd56ef", "working tree at 12ab34cd56ef with uncommitted
// changes", "build folder /srv/old"
std::string description_of(const Side& side);

// Whether uncommitted changes of the working folder are not measured although
// its commit is.
bool leaves_changes_out(const Side& side,
                        const std::filesystem::path& working_folder);

}  // namespace sockmark
