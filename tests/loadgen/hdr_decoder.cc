#include "tests/loadgen/hdr_decoder.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <bit>
#include <stdexcept>
#include <string_view>

namespace sockmark {
namespace {

std::string decode_base64(std::string_view text) {
  static constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  if (text.size() % 4 != 0) throw std::runtime_error("base64: length");
  std::string bytes;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char digit : text.substr(0, text.find('='))) {
    const auto value = kDigits.find(digit);
    if (value == std::string_view::npos) throw std::runtime_error("base64");
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    if ((held += 6) >= 8) {
      held -= 8;
      bytes.push_back(static_cast<char>(bits >> held & 0xff));
    }
  }
  return bytes;
}

std::uint64_t take_big_endian(std::string_view& bytes, std::size_t size) {
  if (bytes.size() < size) throw std::runtime_error("too short");
  std::uint64_t value = 0;
  for (const char byte : bytes.substr(0, size)) {
    value = value << 8 | static_cast<unsigned char>(byte);
  }
  bytes.remove_prefix(size);
  return value;
}

std::string inflate_bytes(std::string_view bytes) {
  std::string out(1 << 20, '\0');
  uLongf size = out.size();
  if (uncompress(reinterpret_cast<Bytef*>(out.data()), &size,
                 reinterpret_cast<const Bytef*>(bytes.data()),
                 bytes.size()) != Z_OK) {
    throw std::runtime_error("zlib");
  }
  out.resize(size);
  return out;
}

// LEB128, at most nine bytes, the ninth with eight bits; then ZigZag.
std::int64_t take_zigzag(std::string_view& bytes) {
  std::uint64_t value = 0;
  for (int i = 0; i < 9; ++i) {
    const std::uint64_t byte = take_big_endian(bytes, 1);
    value |= (i < 8 ? byte & 0x7f : byte) << 7 * i;
    if (i < 8 && (byte & 0x80) == 0) break;
  }
  return static_cast<std::int64_t>(value >> 1 ^ (~(value & 1) + 1));
}

// How many counts a reader reserves, from the header alone: as many halves of
// 1024 as doublings of 2048 it takes to pass the highest value, and one more.
std::size_t counts_reserved(std::uint64_t highest) {
  std::size_t buckets = 1;
  while (std::uint64_t{2048} << (buckets - 1) <= highest) ++buckets;
  return (buckets + 1) * 1024;
}

}  // namespace

DecodedHistogram decode_hdr_v2(const std::string& text) {
  const std::string outer = decode_base64(text);
  std::string_view rest = outer;
  EXPECT_EQ(take_big_endian(rest, 4), 0x1c849314U);
  const std::uint64_t compressed_bytes = take_big_endian(rest, 4);
  EXPECT_EQ(compressed_bytes, rest.size());

  const std::string inner = inflate_bytes(rest);
  rest = inner;
  DecodedHistogram decoded;
  EXPECT_EQ(take_big_endian(rest, 4), 0x1c849313U);
  decoded.payload_bytes = take_big_endian(rest, 4);
  EXPECT_EQ(take_big_endian(rest, 4), 0U) << "normalizing index offset";
  decoded.digits = take_big_endian(rest, 4);
  decoded.lowest = take_big_endian(rest, 8);
  decoded.highest = take_big_endian(rest, 8);
  EXPECT_EQ(std::bit_cast<double>(take_big_endian(rest, 8)), 1.0) << "ratio";
  EXPECT_EQ(decoded.payload_bytes, rest.size());

  while (!rest.empty()) {
    const std::int64_t word = take_zigzag(rest);
    if (word < 0) {
      decoded.counts.resize(decoded.counts.size() +
                            static_cast<std::size_t>(-word));
    } else {
      decoded.counts.push_back(static_cast<std::uint64_t>(word));
    }
  }
  EXPECT_LE(decoded.counts.size(), counts_reserved(decoded.highest));
  return decoded;
}

}  // namespace sockmark
