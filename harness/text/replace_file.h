// A whole file replaced at once.
#pragma once

#include <filesystem>
#include <string_view>

#include "lib/fd.h"

namespace sockmark {

// Its old content or its new, never a part, and on disk when this returns. A
// pipe or a device, which cannot be replaced, is written to. Returns the
// errno, 0 for none.
int replace_file(const std::filesystem::path& file, std::string_view content);

// Writes all of it and waits until it is on disk. Returns the errno.
int write_to_disk(const Fd& fd, std::string_view bytes);

// A new name is on disk when its folder is. Not every file system can do it.
void sync_folder(const std::filesystem::path& folder);

// Throws std::runtime_error that names the file, for what replace_file() says.
void write_file(const std::filesystem::path& file, std::string_view content);

}  // namespace sockmark
