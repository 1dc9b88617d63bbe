#include "loadgen/hdr_codec.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <bit>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace sockmark {
namespace {

// A decoder of its own, written from the description of the format and as
// strict as HdrHistogram_c's: what it refuses, an HdrHistogram refuses too.
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

struct Decoded {
  std::uint64_t lowest = 0;
  std::uint64_t highest = 0;
  std::uint64_t digits = 0;
  std::size_t payload_bytes = 0;
  std::vector<std::uint64_t> counts;
};

// How many counts a reader reserves, from the header alone: as many halves of
// 1024 as doublings of 2048 it takes to pass the highest value, and one more.
std::size_t counts_reserved(std::uint64_t highest) {
  std::size_t buckets = 1;
  while (std::uint64_t{2048} << (buckets - 1) <= highest) ++buckets;
  return (buckets + 1) * 1024;
}

Decoded decode(const std::string& text) {
  const std::string outer = decode_base64(text);
  std::string_view rest = outer;
  EXPECT_EQ(take_big_endian(rest, 4), 0x1c849314U);
  const std::uint64_t compressed_bytes = take_big_endian(rest, 4);
  EXPECT_EQ(compressed_bytes, rest.size());

  const std::string inner = inflate_bytes(rest);
  rest = inner;
  Decoded decoded;
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

void expect_decodes(const Histogram& histogram) {
  Decoded decoded = decode(encode_hdr_v2(histogram));
  EXPECT_EQ(decoded.digits, 3U);
  EXPECT_EQ(decoded.lowest, 1U);
  EXPECT_EQ(decoded.highest, 3'600'000'000'000U);
  ASSERT_LE(decoded.counts.size(), histogram.counts().size());
  decoded.counts.resize(histogram.counts().size());
  EXPECT_TRUE(std::ranges::equal(decoded.counts, histogram.counts()));
}

Histogram histogram_of(std::initializer_list<std::int64_t> values) {
  Histogram histogram;
  for (const auto value : values) histogram.record(value);
  return histogram;
}

TEST(HdrCodec, KeepsEveryCount) {
  Histogram histogram;
  std::mt19937_64 random(7);
  for (int i = 0; i < 100'000; ++i) {
    histogram.record(static_cast<std::int64_t>(random() >> (random() % 64)));
  }
  expect_decodes(histogram);
}

TEST(HdrCodec, KeepsRunsOfZerosOfEveryLength) {
  for (const std::int64_t gap : {1, 2, 63, 64, 65, 1000, 100'000}) {
    expect_decodes(histogram_of({0, gap, 2 * gap, 2 * gap + 1}));
  }
}

// Counts that need one to four bytes each; 63 and 64 are where a second byte
// begins.
TEST(HdrCodec, KeepsCountsOfEverySize) {
  Histogram histogram;
  std::int64_t value = 100;
  for (const int count : {1, 63, 64, 65, 8191, 8192, 1'048'575, 1'048'576}) {
    for (int i = 0; i < count; ++i) histogram.record(value);
    value *= 3;
  }
  expect_decodes(histogram);
}

TEST(HdrCodec, KeepsCountsOfManyBytes) {
  Histogram histogram = histogram_of({0, 1});
  for (int doubling = 0; doubling < 62; ++doubling) {
    if (doubling % 7 == 6) expect_decodes(histogram);
    histogram.merge(Histogram(histogram));
  }
  expect_decodes(histogram);
}

TEST(HdrCodec, KeepsACountAtTheHighestIndex) {
  const Histogram histogram = histogram_of({Histogram::kHighest});
  EXPECT_EQ(histogram.counts().back(), 1U);
  expect_decodes(histogram);
  expect_decodes(histogram_of({0, Histogram::kHighest}));
}

TEST(HdrCodec, StartsAsInEveryLogFile) {
  EXPECT_TRUE(encode_hdr_v2(histogram_of({1, 2, 3})).starts_with("HISTFAAAA"));
  EXPECT_TRUE(encode_hdr_v2(Histogram()).starts_with("HISTFAAAA"));
}

TEST(HdrCodec, DecodesToNothingWhenEmpty) { expect_decodes(Histogram()); }

// HdrHistogram_c inflates the 40 bytes of the header first and takes a stream
// that ends there for a broken one. Its own encoder writes one run of zeros.
TEST(HdrCodec, HasAPayloadEvenWhenEmpty) {
  EXPECT_GT(decode(encode_hdr_v2(Histogram())).payload_bytes, 0U);
}

}  // namespace
}  // namespace sockmark
