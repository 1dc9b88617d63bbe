// A lock between processes that goes with the process.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>

#include "lib/fd.h"

namespace sockmark {

// Held until it is destroyed or the process ends, however it ends: flock(2) on
// a file that is made for it and stays.
class NamedFileLock {
 public:
  // Waits for as long as another holds it, and calls `busy` once before. Throws
  // std::system_error.
  NamedFileLock(const std::filesystem::path& file,
                const std::function<void()>& busy);

  // Nothing if another holds it. Throws std::system_error.
  static std::optional<NamedFileLock> if_free(
      const std::filesystem::path& file);

 private:
  explicit NamedFileLock(const std::filesystem::path& file);

  Fd file_;
};

}  // namespace sockmark
