#include "harness/gate/comparison_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "tests/harness/gate/made_comparison.h"

namespace sockmark {
namespace {

using Json = nlohmann::ordered_json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;
using testing::ThrowsMessage;

void expect_refused(const std::string& text, const std::string& said) {
  EXPECT_THAT([&] { read_comparison(text, "runs/7/comparison.json"); },
              ThrowsMessage<std::runtime_error>(testing::AllOf(
                  StartsWith("runs/7/comparison.json:"), HasSubstr(said))))
      << text;
}

TEST(ComparisonJson, IsReadAsItWasWritten) {
  const Comparison written = made_comparison();
  const std::string text = to_json(written);
  const Comparison read = read_comparison(text, "it");
  EXPECT_EQ(to_json(read), text);
  EXPECT_EQ(read.base.name, "main");
  EXPECT_EQ(read.head.description, "build/release, dirty");
  EXPECT_EQ(read.rounds, 10);
  EXPECT_EQ(read.missing, written.missing);
  EXPECT_EQ(read.notes, written.notes);
  ASSERT_EQ(read.judgements.size(), written.judgements.size());
  const Judgement& cpu = read.judgements.front();
  EXPECT_EQ(cpu.finding, Finding::regressed);
  EXPECT_EQ(cpu.base, written.judgements.front().base);
  EXPECT_EQ(cpu.metric.margin, written.judgements.front().metric.margin);
  EXPECT_EQ(cpu.estimate.value().low90,
            written.judgements.front().estimate.value().low90);
  EXPECT_EQ(cpu.p_worse, written.judgements.front().p_worse);
  EXPECT_EQ(read.judgements[3].metric.rule, Rule::none);
  EXPECT_EQ(overall(read), overall(written));
}

TEST(ComparisonJson, KeepsHowItWasPaired) {
  Comparison unpaired;
  unpaired.pairing = Pairing::unpaired;
  unpaired.rules = {.pairing = Pairing::unpaired, .alpha = 0.01, .looks = 1};
  const Comparison read = read_comparison(to_json(unpaired), "it");
  EXPECT_EQ(read.pairing, Pairing::unpaired);
  EXPECT_EQ(read.rules.pairing, Pairing::unpaired);
  EXPECT_EQ(read.rules.alpha, 0.01);
  EXPECT_EQ(read.rules.looks, 1);
}

TEST(ComparisonJson, HasNullForWhatIsNotKnown) {
  const Json json = Json::parse(to_json(made_comparison()));
  EXPECT_EQ(json.at("overall"), "regressed");
  const Json& broken = json.at("judgements").at(2);
  EXPECT_THAT(broken.at("base"), IsEmpty());
  EXPECT_EQ(broken.at("reason"), "a value is not a number");
  EXPECT_TRUE(broken.at("estimate").is_null());
  EXPECT_TRUE(broken.at("p_worse").is_null());
  EXPECT_TRUE(json.at("judgements").at(0).at("reason").is_null());
  EXPECT_TRUE(Json::parse(to_json(Comparison{})).at("overall").is_null());
}

TEST(ComparisonJson, RefusesWhatIsCutOff) {
  const std::string whole = to_json(made_comparison());
  for (std::size_t length = 0; length + 2 < whole.size(); length += 97) {
    EXPECT_THAT([&] { read_comparison(whole.substr(0, length), "cut"); },
                ThrowsMessage<std::runtime_error>(StartsWith("cut:")))
        << length;
  }
}

TEST(ComparisonJson, SaysWhatIsWrongAndWhere) {
  expect_refused("", "the file is empty");
  expect_refused(" \n", "the file is empty");
  expect_refused("[]", "1:1: expected an object, got []");
  expect_refused(R"({"schema_version": 1, "trials": []})",
                 "1:1: this is no comparison of sockmark's");
  expect_refused("BENCHMARK 3 ns\n", "1:1: ");
  Json json = Json::parse(to_json(made_comparison()));
  json["schema_version"] = 2;
  expect_refused(json.dump(),
                 "\"schema_version\": 2 is newer than this "
                 "program's 1: update sockmark");
  json["schema_version"] = 1;
  json["judgements"][0]["finding"] = "slower";
  expect_refused(json.dump(),
                 "\"finding\": expected one of regressed, "
                 "inconclusive, improved, same, not_worse, got "
                 "\"slower\"");
  json["judgements"][0]["finding"] = "same";
  json["judgements"][0]["base"][3] = nullptr;
  expect_refused(json.dump(), "\"base\"[3]: expected a number");
}

}  // namespace
}  // namespace sockmark
