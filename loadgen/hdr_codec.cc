#include "loadgen/hdr_codec.h"

#include <zlib.h>

#include <bit>
#include <stdexcept>
#include <string_view>

namespace sockmark {
namespace {

// Cookies of the format, with its version and word size in the low byte.
constexpr std::uint32_t kEncodedCookie = 0x1c849303 | 0x10;
constexpr std::uint32_t kCompressedCookie = 0x1c849304 | 0x10;

template <typename Unsigned>
void append_big_endian(std::string& out, Unsigned value) {
  for (int shift = 8 * (static_cast<int>(sizeof value) - 1); shift >= 0;
       shift -= 8) {
    out.push_back(static_cast<char>(value >> shift & 0xff));
  }
}

// A signed number as ZigZag, then LEB128 in at most nine bytes.
void append_zigzag(std::string& out, std::int64_t number) {
  auto value = static_cast<std::uint64_t>(number) << 1 ^
               static_cast<std::uint64_t>(number >> 63);
  for (int i = 0; i < 8 && value >= 0x80; ++i) {
    out.push_back(static_cast<char>((value & 0x7f) | 0x80));
    value >>= 7;
  }
  out.push_back(static_cast<char>(value));
}

// Counts up to the last that is not zero; a run of zeros as its length,
// negative.
std::string encode_counts(std::span<const std::uint64_t> counts) {
  std::string out;
  std::int64_t zeros = 0;
  for (const std::uint64_t count : counts) {
    if (count == 0) {
      ++zeros;
      continue;
    }
    if (zeros > 0) append_zigzag(out, -zeros);
    zeros = 0;
    append_zigzag(out, static_cast<std::int64_t>(count));
  }
  if (out.empty()) append_zigzag(out, -1);  // as the reference does
  return out;
}

std::string deflate_bytes(std::string_view bytes) {
  uLongf size = compressBound(bytes.size());
  std::string out(size, '\0');
  if (compress(reinterpret_cast<Bytef*>(out.data()), &size,
               reinterpret_cast<const Bytef*>(bytes.data()),
               bytes.size()) != Z_OK) {
    throw std::runtime_error("zlib cannot compress the histogram");
  }
  out.resize(size);
  return out;
}

std::string base64(std::string_view bytes) {
  static constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::string_view group = bytes.substr(i, 3);
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      bits = bits << 8 |
             (k < group.size() ? static_cast<unsigned char>(group[k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      out.push_back(k <= group.size() ? kDigits[bits >> (18 - 6 * k) & 0x3f]
                                      : '=');
    }
  }
  return out;
}

}  // namespace

std::string encode_hdr_v2(const Histogram& histogram) {
  const std::string counts = encode_counts(histogram.counts());
  std::string encoded;
  append_big_endian(encoded, kEncodedCookie);
  append_big_endian(encoded, static_cast<std::uint32_t>(counts.size()));
  append_big_endian(encoded, std::uint32_t{0});  // normalizing index offset
  append_big_endian(encoded,
                    static_cast<std::uint32_t>(Histogram::kSignificantDigits));
  append_big_endian(encoded, std::uint64_t{1});  // lowest discernible value
  append_big_endian(encoded, static_cast<std::uint64_t>(Histogram::kHighest));
  append_big_endian(encoded, std::bit_cast<std::uint64_t>(1.0));  // ratio
  encoded += counts;

  const std::string compressed = deflate_bytes(encoded);
  std::string out;
  append_big_endian(out, kCompressedCookie);
  append_big_endian(out, static_cast<std::uint32_t>(compressed.size()));
  return base64(out + compressed);
}

}  // namespace sockmark
