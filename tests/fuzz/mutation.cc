#include "tests/fuzz/mutation.h"

#include <algorithm>

namespace sockmark {
namespace {

const std::string& any_of(const std::vector<Seed>& seeds, Random& random) {
  return seeds[below(seeds.size(), random)].bytes;
}

// A part of `text`, mostly a short one.
std::string part_of(const std::string& text, Random& random) {
  const std::size_t start = below(text.size() + 1, random);
  const std::size_t longest = below(2, random) == 0 ? 8 : text.size();
  return text.substr(start, below(longest + 1, random));
}

void mutate(std::string& text, const std::vector<Seed>& seeds, Random& random) {
  const std::size_t place = below(text.size() + 1, random);
  switch (below(5, random)) {
    case 0:
      if (place < text.size()) {
        const auto bit = static_cast<unsigned>(1) << below(8, random);
        text[place] =
            static_cast<char>(static_cast<unsigned char>(text[place]) ^ bit);
      }
      break;
    case 1:
      text.resize(place);
      break;
    case 2:
      text.erase(place, below(8, random));
      break;
    case 3:
      text.insert(place, part_of(text, random));
      break;
    default:
      text.insert(place, part_of(any_of(seeds, random), random));
      break;
  }
}

}  // namespace

std::string mutated(const std::vector<Seed>& seeds, Random& random) {
  std::string text = any_of(seeds, random);
  for (std::size_t i = 1 + below(4, random); i > 0; --i) {
    mutate(text, seeds, random);
  }
  text.resize(std::min(text.size(), kMostMutatedBytes));
  return text;
}

}  // namespace sockmark
