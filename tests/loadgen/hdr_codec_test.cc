#include "loadgen/hdr_codec.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "tests/loadgen/hdr_decoder.h"

namespace sockmark {
namespace {

void expect_decodes(const Histogram& histogram) {
  DecodedHistogram decoded = decode_hdr_v2(encode_hdr_v2(histogram));
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
  EXPECT_GT(decode_hdr_v2(encode_hdr_v2(Histogram())).payload_bytes, 0U);
}

}  // namespace
}  // namespace sockmark
