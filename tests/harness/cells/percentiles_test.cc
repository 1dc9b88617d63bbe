// The harness reads what the load generator's own encoder writes.
#include "harness/cells/percentiles.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "harness/charts/chart.h"
#include "loadgen/hdr_codec.h"
#include "tests/harness/synthetic.h"
#include "tests/harness/synthetic_sweep.h"

namespace sockmark {
namespace {

using testing::HasSubstr;

Histogram histogram_of_values(std::int64_t count, std::int64_t step) {
  Histogram histogram;
  for (std::int64_t i = 1; i <= count; ++i) histogram.record(i * step);
  return histogram;
}

TrialRecord with(const std::string& histogram) {
  TrialRecord trial = synthetic_trial("poll", {});
  auto json = nlohmann::ordered_json::parse(trial.load->json);
  json["latency_ns"]["histogram"] = histogram;
  trial.load = parse_load(json.dump());
  return trial;
}

TEST(DecodeHistogram, reads_every_count_that_loadgen_writes) {
  Histogram histogram = histogram_of_values(50'000, 997);
  histogram.record(0);
  histogram.record(Histogram::kHighest);
  ValueCounts expected;
  for (std::size_t i = 0; i < histogram.counts().size(); ++i) {
    if (histogram.counts()[i] == 0) continue;
    expected[Histogram::highest_at(i)] = histogram.counts()[i];
  }
  EXPECT_EQ(decode_histogram(encode_hdr_v2(histogram)), expected);
}

TEST(DecodeHistogram, of_nothing_has_no_counts) {
  EXPECT_TRUE(decode_histogram(encode_hdr_v2(Histogram())).empty());
}

TEST(DecodeHistogram, refuses_what_is_damaged) {
  const std::string good = encode_hdr_v2(histogram_of_values(1000, 1000));
  EXPECT_THROW(decode_histogram(""), std::runtime_error);
  EXPECT_THROW(decode_histogram("not base64!"), std::runtime_error);
  EXPECT_THROW(decode_histogram("AAAAAAAAAAAA"), std::runtime_error);
  for (std::size_t length = 0; length < good.size() - 4; length += 7) {
    EXPECT_THROW(decode_histogram(good.substr(0, length)), std::runtime_error)
        << length;
  }
  std::string other = good;
  other[good.size() / 2] = other[good.size() / 2] == 'A' ? 'B' : 'A';
  EXPECT_THROW(decode_histogram(other), std::runtime_error);
}

TEST(CellHistogram, adds_up_all_usable_rounds) {
  const std::string some = encode_hdr_v2(histogram_of_values(1000, 1000));
  const std::string more = encode_hdr_v2(histogram_of_values(3000, 1000));
  TrialRecord invalid = with(more);
  invalid.verdict.status = Verdict::Status::invalid;
  const auto groups =
      group_cells({with(some), with(more), invalid, with("damaged"),
                   synthetic_trial("poll", {})});
  const auto all = histogram_of(groups.at(0).cells.at(0));
  ASSERT_TRUE(all);
  EXPECT_EQ(all->values, 4000u);
  EXPECT_EQ(all->trials, 2u);
  EXPECT_FALSE(histogram_of(
      group_cells({synthetic_trial("poll", {})}).at(0).cells.at(0)));
}

TEST(Quantiles, are_those_of_the_load_generator_as_far_as_20_values_reach) {
  const Histogram histogram = histogram_of_values(10'000, 1000);
  const auto groups = group_cells({with(encode_hdr_v2(histogram))});
  const auto quantiles = quantiles_of(*histogram_of(groups.at(0).cells.at(0)));
  ASSERT_FALSE(quantiles.empty());
  for (const Quantile& quantile : quantiles) {
    if (quantile.beyond == 1) continue;
    EXPECT_NEAR(quantile.ns,
                static_cast<double>(
                    histogram.percentile(100 * (1 - 1 / quantile.beyond))),
                0.002 * quantile.ns + 1000)
        << quantile.beyond;
    EXPECT_GE(10'000 / quantile.beyond, 20);
  }
  EXPECT_GT(quantiles.back().beyond, 400);
}

TEST(PercentilesChart, is_drawn_where_histograms_were_kept) {
  const std::string text = encode_hdr_v2(histogram_of_values(10'000, 1000));
  std::size_t drawn = 0;
  for (const Chart& chart : charts_of(group_cells(sweep_run(2, text)), "")) {
    if (!chart.name.starts_with("percentiles-")) continue;
    ++drawn;
    EXPECT_THAT(chart.settings, HasSubstr("'99 %%'"));
    EXPECT_THAT(chart.settings, HasSubstr("n = 6 rounds"));
  }
  EXPECT_EQ(drawn, 3u);
}

}  // namespace
}  // namespace sockmark
