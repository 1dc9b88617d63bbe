// A file in memory for what a process prints: it can neither block on us nor
// clutter the terminal.
#pragma once

#include <string>

#include "lib/fd.h"

namespace sockmark {

// Open for appending, so that processes that share it do not overwrite one
// another. Closed on exec. Throws std::system_error.
Fd memory_file(const char* name);

// All of it, wherever it was read or written last.
std::string contents_of_file(const Fd& file);

}  // namespace sockmark
