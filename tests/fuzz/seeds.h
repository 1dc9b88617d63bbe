// The inputs under tests/fuzz/corpus/, each a file named for what it is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sockmark {

struct Seed {
  std::string name;
  std::string bytes;
};

// Sorted by name. `protocol` is a folder there: http or echo.
std::vector<Seed> seeds_of(std::string_view protocol);

}  // namespace sockmark
