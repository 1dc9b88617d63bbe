#include "loadgen/hdr_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "loadgen/hdr_codec.h"
#include "tests/loadgen/hdr_decoder.h"

namespace sockmark {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

// 2026-03-01 12:00:00.250 UTC.
constexpr std::chrono::system_clock::time_point kStart{
    std::chrono::milliseconds(1'772'366'400'250)};

constexpr const char* kHead =
    "#[Histogram log format version 1.3]\n"
    "#[StartTime: 1772366400.250 (seconds since epoch), "
    "2026-03-01T12:00:00Z]\n"
    "\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\","
    "\"Interval_Compressed_Histogram\"\n";

Histogram of_microseconds(std::int64_t from, std::int64_t to) {
  Histogram histogram;
  for (std::int64_t us = from; us <= to; ++us) histogram.record(1000 * us);
  return histogram;
}

// The rows are those of an HdrHistogram of the same values.
TEST(Hgrm, IsThePercentileOutputOfHdrHistogram) {
  Histogram histogram;
  for (const std::int64_t ns : {1, 2, 2, 1000, 2000, 1'000'000'000}) {
    histogram.record(ns);
  }
  EXPECT_EQ(to_hgrm(histogram),
            "       Value     Percentile TotalCount 1/(1-Percentile)\n\n"
            "    0.000001 0.000000000000          1           1.00\n"
            "    0.000001 0.100000000000          1           1.11\n"
            "    0.000002 0.200000000000          3           1.25\n"
            "    0.000002 0.300000000000          3           1.43\n"
            "    0.000002 0.400000000000          3           1.67\n"
            "    0.000002 0.500000000000          3           2.00\n"
            "    0.001000 0.550000000000          4           2.22\n"
            "    0.001000 0.600000000000          4           2.50\n"
            "    0.001000 0.650000000000          4           2.86\n"
            "    0.002000 0.700000000000          5           3.33\n"
            "    0.002000 0.750000000000          5           4.00\n"
            "    0.002000 0.775000000000          5           4.44\n"
            "    0.002000 0.800000000000          5           5.00\n"
            "    0.002000 0.825000000000          5           5.71\n"
            " 1000.000000 0.850000000000          6           6.67\n"
            " 1000.000000 1.000000000000          6\n"
            "#[Mean    =   166.667168, StdDeviation   =   372.707348]\n"
            "#[Max     =  1000.000000, Total count    =            6]\n"
            "#[Buckets =           32, SubBuckets     =         2048]\n");
}

TEST(Hgrm, HasNoValueAboveTheMaximum) {
  Histogram histogram;
  histogram.record(1'000'001);
  EXPECT_THAT(
      to_hgrm(histogram),
      HasSubstr("    1.000001 0.000000000000          1           1.00\n"
                "    1.000001 1.000000000000          1\n"
                "#[Mean    =     1.000001, StdDev"));
}

TEST(Hgrm, HasNoRowsWhenEmpty) {
  EXPECT_EQ(to_hgrm(Histogram()),
            "       Value     Percentile TotalCount 1/(1-Percentile)\n\n"
            "#[Mean    =     0.000000, StdDeviation   =     0.000000]\n"
            "#[Max     =     0.000000, Total count    =            0]\n"
            "#[Buckets =           32, SubBuckets     =         2048]\n");
}

TEST(Hgrm, HasPercentilesThatRise) {
  std::istringstream lines(to_hgrm(of_microseconds(1, 100'000)));
  std::string line;
  std::getline(lines, line);
  std::getline(lines, line);
  double last_value = 0;
  double last_percentile = -1;
  int rows = 0;
  while (std::getline(lines, line) && !line.starts_with("#")) {
    double value = 0;
    double percentile = 0;
    std::uint64_t count = 0;
    ASSERT_TRUE(std::istringstream(line) >> value >> percentile >> count);
    EXPECT_GE(value, last_value);
    EXPECT_GT(percentile, last_percentile);
    EXPECT_GE(static_cast<double>(count), percentile * 100'000);
    last_value = value;
    last_percentile = percentile;
    ++rows;
  }
  EXPECT_EQ(last_value, 100);
  EXPECT_EQ(last_percentile, 1);
  EXPECT_GT(rows, 50);
}

TEST(Hlog, HasALineForEachInterval) {
  std::ostringstream out;
  HlogWriter log(out, kStart);
  EXPECT_EQ(out.str(), kHead);
  const Histogram first = of_microseconds(1, 1000);
  const Histogram second = of_microseconds(1, 2);
  log.write(0, 1, first);
  log.write(1, 0.5, second);
  EXPECT_EQ(out.str(), kHead + ("0.000,1.000,1.000," + encode_hdr_v2(first)) +
                           "\n1.000,0.500,0.002," + encode_hdr_v2(second) +
                           "\n");
}

TEST(Hlog, HasTheWholeHistogram) {
  const Histogram histogram = of_microseconds(1, 5000);
  std::ostringstream out;
  HlogWriter(out, kStart).write(0, 1, histogram);
  std::string line = out.str().substr(std::string(kHead).size());
  ASSERT_THAT(line, EndsWith("\n"));
  line.pop_back();
  std::vector<std::uint64_t> counts =
      decode_hdr_v2(line.substr(line.rfind(',') + 1)).counts;
  counts.resize(histogram.counts().size());
  EXPECT_TRUE(std::ranges::equal(counts, histogram.counts()));
}

TEST(Hlog, TellsSeriesApartByTheirTags) {
  std::ostringstream out;
  HlogWriter(out, kStart).write(0, 1, Histogram(), "service");
  EXPECT_THAT(out.str().substr(std::string(kHead).size()),
              StartsWith("Tag=service,0.000,1.000,0.000,HISTF"));
}

TEST(Hlog, RefusesTagsThatWouldBreakTheLine) {
  std::ostringstream out;
  HlogWriter log(out, kStart);
  for (const char* tag : {"a,b", "a b", "a\n", ","}) {
    EXPECT_THROW(log.write(0, 1, Histogram(), tag), std::invalid_argument);
  }
  EXPECT_EQ(out.str(), kHead);
}

}  // namespace
}  // namespace sockmark
