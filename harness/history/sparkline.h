// A sequence as a line of block characters. Pure.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace sockmark {

// At most `width` characters; where there are more values, each is the median
// of those next to each other. From the lowest value to the highest, but never
// less than a tenth of the median, so that noise does not look like a change.
std::string sparkline(std::span<const double> values, std::size_t width);

}  // namespace sockmark
