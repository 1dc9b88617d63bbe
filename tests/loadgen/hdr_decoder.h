// A decoder of its own, written from the description of the format and as
// strict as HdrHistogram_c's: what it refuses, an HdrHistogram refuses too.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sockmark {

struct DecodedHistogram {
  std::uint64_t lowest = 0;
  std::uint64_t highest = 0;
  std::uint64_t digits = 0;
  std::size_t payload_bytes = 0;
  std::vector<std::uint64_t> counts;
};

// Throws std::runtime_error or fails the test for anything but the encoding of
// encode_hdr_v2().
DecodedHistogram decode_hdr_v2(const std::string& text);

}  // namespace sockmark
