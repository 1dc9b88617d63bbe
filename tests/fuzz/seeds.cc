#include "tests/fuzz/seeds.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace sockmark {

std::vector<Seed> seeds_of(std::string_view folder) {
  std::vector<Seed> seeds;
  const auto path = std::filesystem::path(FUZZ_CORPUS_DIR) / folder;
  for (const auto& entry : std::filesystem::directory_iterator(path)) {
    std::ifstream file(entry.path(), std::ios::binary);
    seeds.push_back({.name = entry.path().filename(),
                     .bytes = {std::istreambuf_iterator<char>(file), {}}});
  }
  std::sort(seeds.begin(), seeds.end(),
            [](const Seed& a, const Seed& b) { return a.name < b.name; });
  return seeds;
}

}  // namespace sockmark
