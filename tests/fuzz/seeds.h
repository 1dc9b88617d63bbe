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

// Sorted by name. `folder`: one of those there.
std::vector<Seed> seeds_of(std::string_view folder);

}  // namespace sockmark
