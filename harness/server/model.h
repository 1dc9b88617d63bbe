// The built-in servers, from a list such as servers/MODELS.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "harness/server/server_spec.h"

namespace sockmark {

// Six fields between bars to a line; '#' starts a comment line. Throws
// std::runtime_error that names `origin` and the line.
std::vector<ServerSpec> parse_models(std::string_view text,
                                     const std::string& origin);

// The same from a file. A binary is looked for beside the file first, and left
// to PATH otherwise.
std::vector<ServerSpec> read_models(const std::filesystem::path& file);

}  // namespace sockmark
