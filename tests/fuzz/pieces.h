// How an input is cut into pieces, as a network does.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace sockmark {

// Of pieces: in turn, and over again when there are more. Empty: all at once.
using Sizes = std::vector<std::size_t>;

std::size_t size_of_piece(const Sizes& sizes, std::size_t turn);

// The bytes themselves say how large the pieces are: every byte that the fuzzer
// changes may move a cut, and a seed is a plain input. Some are `scale` bytes.
Sizes sizes_from(std::string_view bytes, std::size_t scale);

// A byte each, or a few of a long input: a head is parsed again with each piece
// of it, which takes the square of its length.
Sizes smallest_sizes(std::string_view input);

}  // namespace sockmark
