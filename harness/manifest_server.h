// One entry of a manifest.
#pragma once

#include <filesystem>

#include "harness/located_json.h"
#include "harness/server_spec.h"

namespace sockmark {

// The server that `json` describes in the manifest `file`; its working folder
// is still as it stands there. Throws std::runtime_error as LocatedJson does.
ServerSpec manifest_server(const LocatedJson& json,
                           const std::filesystem::path& file);

}  // namespace sockmark
