#include "harness/process/installation.h"

#include <stdexcept>

namespace sockmark {
namespace {

namespace fs = std::filesystem;

// A build tree has everything side by side, an installation the GNU folders.
Installation find() {
  const fs::path bin = fs::read_symlink("/proc/self/exe").parent_path();
  const fs::path prefix = bin.parent_path();
  const fs::path libexec = prefix / "libexec" / "sockmark";
  const fs::path share = prefix / "share" / "sockmark";
  if (fs::exists(prefix / "servers" / "MODELS")) {
    return {.bin = prefix / "bin",
            .servers = prefix / "servers",
            .plots = prefix / "plots",
            .presets = prefix / "presets"};
  }
  if (fs::exists(libexec / "servers" / "MODELS")) {
    return {.bin = bin,
            .servers = libexec / "servers",
            .plots = share / "plots",
            .presets = share / "presets"};
  }
  throw std::runtime_error("cannot find servers/MODELS beside " + bin.string() +
                           " or in " + libexec.string() +
                           ": build with make, or install with make install");
}

}  // namespace

const Installation& installation() {
  static const Installation found = find();
  return found;
}

}  // namespace sockmark
