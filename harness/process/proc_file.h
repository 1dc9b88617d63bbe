// Files that the kernel makes up as they are read: below /proc and the like.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sockmark {

// All of it; nothing if it cannot be opened or read, with errno set: it may not
// exist, not be ours to read, or belong to a process that has just ended.
std::optional<std::string> read_proc_file(const std::string& path);

// Of "key value" lines, as in cpu.stat, or "Key: value kB", as in status: the
// number after `key`, which includes the colon if there is one. Nothing if
// there is no such line.
std::optional<std::int64_t> number_after(std::string_view text,
                                         std::string_view key);

}  // namespace sockmark
