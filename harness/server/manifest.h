// A manifest: servers of the user's own, as JSON with comments.
// examples/servers.json shows all that can stand in it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "harness/server/server_spec.h"

namespace sockmark {

// Of servers that a manifest names and that are none of ours.
inline constexpr std::string_view kUserFamily = "user";

// Relative folders and programs are taken from the folder of `file`, which is
// not read here. Throws std::runtime_error that names file, line and column of
// a mistake and what was expected.
std::vector<ServerSpec> parse_manifest(std::string_view text,
                                       const std::filesystem::path& file);

// The same from the file itself. Throws also if it cannot be read, and for a
// working folder that is not there.
std::vector<ServerSpec> read_manifest(const std::filesystem::path& file);

}  // namespace sockmark
