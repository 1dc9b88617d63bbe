// The example in docs/method.md of how two builds are compared, and the margins
// in docs/experiments.md, are as the code has them.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "harness/gate/comparison.h"
#include "tests/harness/gate/sampled.h"
#include "tests/harness/golden.h"

namespace sockmark {
namespace {

using testing::HasSubstr;

std::string section() {
  const std::string doc = contents_of(SOURCE_DIR "/docs/method.md");
  const auto begin = doc.find("\n## Comparing two builds\n");
  EXPECT_NE(begin, std::string::npos);
  return doc.substr(begin, doc.find("\n## ", begin + 1) - begin);
}

// In one line, however it is broken.
std::string unbroken(const std::string& text) {
  std::string line;
  std::istringstream words(text);
  for (std::string word; words >> word;) line += word + " ";
  return line;
}

// The numbers in the row that begins with this.
std::vector<double> row(const std::string& name) {
  const std::string text = section();
  const std::string begin = "\n| " + name + " |";
  const auto at = text.find(begin);
  EXPECT_NE(at, std::string::npos) << name;
  std::vector<double> values;
  std::istringstream cells(text.substr(
      at + begin.size(), text.find('\n', at + 1) - at - begin.size()));
  for (std::string cell; std::getline(cells, cell, '|');) {
    values.push_back(std::stod(cell));
  }
  return values;
}

// In a family of all noisy metrics, of which the others are the same.
Judgement example() {
  std::vector<Samples> family;
  for (const Metric& metric : trial_metrics()) {
    if (metric.rule != Rule::noisy) continue;
    const bool is_cpu = metric.name == "cpu_ns_per_request";
    family.push_back({.cell = "long/epoll_lt",
                      .metric = metric,
                      .base = row("base, ns"),
                      .head = row(is_cpu ? "new, ns" : "base, ns")});
  }
  EXPECT_EQ(family.size(), 7) << "seven, says the text";
  return judge(family, {}).front();
}

std::string percent(double ratio) {
  return fmt::format("{:+.1f}", 100 * (ratio - 1));
}

TEST(CompareDoc, HasTheDifferencesOfItsValues) {
  const auto base = row("base, ns");
  const auto fresh = row("new, ns");
  const auto differences = row("difference, %");
  ASSERT_EQ(differences.size(), 10);
  for (std::size_t i = 0; i < differences.size(); ++i) {
    EXPECT_EQ(fmt::format("{:+.1f}", differences[i]),
              percent(fresh.at(i) / base.at(i)));
  }
}

TEST(CompareDoc, ComesToWhatItsValuesComeTo) {
  const std::string text = unbroken(section());
  const Judgement judgement = example();
  const RatioEstimate estimate = judgement.estimate.value();
  EXPECT_THAT(text, HasSubstr("**" + percent(estimate.ratio) + " %**"));
  EXPECT_THAT(text, HasSubstr(fmt::format("p = 1/1024 = {:.4f}",
                                          judgement.p_worse.value())));
  EXPECT_DOUBLE_EQ(judgement.p_worse.value(), 1.0 / 1024);
  EXPECT_THAT(text, HasSubstr(percent(estimate.low) + " to " +
                              percent(estimate.high) + " %,"));
  EXPECT_THAT(text, HasSubstr(fmt::format("in {:.1f} % of such comparisons",
                                          100 * estimate.coverage)));
  const double adjusted = judgement.p_worse_adjusted.value();
  EXPECT_THAT(text, HasSubstr(fmt::format("{0:.4f}, and each look has half of "
                                          "5 %: {0:.4f} is below 0.025",
                                          adjusted)));
  EXPECT_LT(adjusted, JudgementRules().alpha / JudgementRules().looks);
  EXPECT_THAT(text,
              HasSubstr(fmt::format("**{}**", to_string(judgement.finding))));
  EXPECT_THAT(text, HasSubstr(fmt::format(
                        "With this spread, {} %",
                        percent(1 + judgement.smallest_visible.value()))));
}

TEST(CompareDoc, SaysHowManyRoundsItTakes) {
  EXPECT_THAT(unbroken(section()),
              HasSubstr(fmt::format("With seven metrics that takes {} rounds",
                                    fewest_pairs(7, {}))));
}

std::string absolute(const Metric& metric) {
  if (metric.margin.absolute == 0) return "";
  if (metric.unit == "ns") {
    return fmt::format("{:g} µs ", metric.margin.absolute / 1000);
  }
  if (metric.unit == "bytes") {
    return fmt::format("{:g} MiB ", metric.margin.absolute / (1 << 20));
  }
  return fmt::format("{:g} ", metric.margin.absolute);
}

TEST(CompareDoc, HasEveryMargin) {
  const std::string text = contents_of(SOURCE_DIR "/docs/experiments.md");
  for (const Metric& metric : trial_metrics()) {
    const std::string relative =
        metric.rule == Rule::none
            ? ""
            : fmt::format("{:g} % ", 100 * metric.margin.relative);
    EXPECT_THAT(text, HasSubstr(fmt::format("| `{}` | {}| {}|", metric.name,
                                            relative, absolute(metric))));
  }
}

TEST(CompareDoc, HasEveryFinding) {
  for (const Finding finding :
       {Finding::regressed, Finding::improved, Finding::same,
        Finding::not_worse, Finding::inconclusive}) {
    EXPECT_THAT(section(),
                HasSubstr(fmt::format("\n| {} |", to_string(finding))));
  }
}

}  // namespace
}  // namespace sockmark
