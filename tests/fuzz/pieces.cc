#include "tests/fuzz/pieces.h"

namespace sockmark {

std::size_t size_of_piece(const Sizes& sizes, std::size_t turn) {
  return sizes.empty() ? std::string_view::npos : sizes[turn % sizes.size()];
}

Sizes sizes_from(std::string_view bytes, std::size_t scale) {
  Sizes sizes;
  for (const char byte : bytes) {
    const auto code = static_cast<unsigned char>(byte);
    sizes.push_back(scale * (code % 4 == 0 ? 1 + code : 1 + code % 32));
  }
  return sizes;
}

Sizes smallest_sizes(std::string_view input) {
  return {1 + input.size() * input.size() / (1 << 17)};
}

}  // namespace sockmark
