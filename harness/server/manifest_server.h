// One entry of a manifest.
#pragma once

#include <filesystem>

#include "harness/server/server_spec.h"
#include "harness/text/located_json.h"

namespace sockmark {

// The server that `json` describes in the manifest `file`; its working folder
// is still as it stands there. Throws std::runtime_error as LocatedJson does.
ServerSpec manifest_server(const LocatedJson& json,
                           const std::filesystem::path& file);

}  // namespace sockmark
