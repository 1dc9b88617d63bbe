// Which servers a run is about: built-in ones, those of a manifest, or both.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/server/server_spec.h"

namespace sockmark {

// All that can be named: those of the list `models`, such as servers/MODELS,
// then those of the manifest. Throws std::runtime_error for a mistake in either
// and for a name that stands in both.
std::vector<ServerSpec> all_servers(
    const std::filesystem::path& models,
    const std::optional<std::filesystem::path>& manifest);

// The servers of these names, in this order, whoever defined them. For no
// names: those of the manifest, if there are any; else all but the flawed ones.
// Throws std::invalid_argument that lists what there is.
std::vector<ServerSpec> select_servers(const std::vector<ServerSpec>& servers,
                                       const std::vector<std::string>& names);

}  // namespace sockmark
