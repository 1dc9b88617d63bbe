// Where the pieces of sockmark are: in a build tree or under a prefix.
#pragma once

#include <filesystem>

namespace sockmark {

struct Installation {
  std::filesystem::path bin;      // sockmark, loadgen
  std::filesystem::path servers;  // MODELS and the servers' binaries
  std::filesystem::path plots;    // gnuplot scripts
  std::filesystem::path presets;  // experiments: quick.json and others
};

// Found from where this program is. Throws std::runtime_error if the pieces
// are not there.
const Installation& installation();

}  // namespace sockmark
