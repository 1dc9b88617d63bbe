// What the kernel says of itself in /proc and /sys: of this machine, or of
// another one of which there is a copy.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/machine/fact.h"

namespace sockmark {

// Paths are absolute, and looked for under the root folder. Nothing throws: a
// file that is not there is a fact that is not known, and says which.
class SystemFiles {
 public:
  explicit SystemFiles(std::filesystem::path root = "/");

  // The whole file.
  Fact<std::string> text(const std::string& path) const;

  // Its first line, without spaces at the ends.
  Fact<std::string> line(const std::string& path) const;

  // The number that the first line is.
  Fact<std::int64_t> number(const std::string& path) const;

  bool exists(const std::string& path) const;

  // What is in a folder, in order; nothing if that is not there.
  std::vector<std::string> names_in(const std::string& folder) const;

 private:
  std::filesystem::path root_;
};

// The number that the whole text is.
std::optional<std::int64_t> parse_integer(std::string_view text);

// The value of the first line "key <separator> value", without quotes and
// spaces round it; nothing if no line has the key.
std::optional<std::string> value_of(std::string_view text, std::string_view key,
                                    char separator);

// Parts between runs of white space.
std::vector<std::string> words_of(std::string_view text);

}  // namespace sockmark
