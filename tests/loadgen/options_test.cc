#include "loadgen/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sockmark {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

const std::string kUrl = "http://127.0.0.1:8080/";

struct Outcome {
  std::optional<int> status;
  std::string out;
  std::string err;
  LoadSpec spec;
};

Outcome parse(std::vector<std::string> words) {
  words.insert(words.begin(), "loadgen");
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  Outcome outcome;
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  outcome.status =
      parse_options(static_cast<int>(words.size()), argv.data(), outcome.spec);
  outcome.err = testing::internal::GetCapturedStderr();
  outcome.out = testing::internal::GetCapturedStdout();
  return outcome;
}

LoadSpec good(const std::vector<std::string>& words) {
  const Outcome outcome = parse(words);
  EXPECT_EQ(outcome.status, std::nullopt) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  return outcome.spec;
}

// The one line that a mistake earns.
std::string mistake(const std::vector<std::string>& words) {
  const Outcome outcome = parse(words);
  EXPECT_EQ(outcome.status, 2) << testing::PrintToString(words);
  EXPECT_EQ(outcome.out, "");
  EXPECT_TRUE(outcome.err.starts_with("loadgen: ")) << outcome.err;
  EXPECT_EQ(outcome.err.find('\n'), outcome.err.size() - 1) << outcome.err;
  return outcome.err;
}

TEST(LoadOptions, NeedNothingButATarget) {
  const LoadSpec spec = good({kUrl});
  EXPECT_EQ(spec.target.host, "127.0.0.1");
  EXPECT_EQ(spec.target.port, 8080);
  EXPECT_EQ(spec.connections, 64);
  EXPECT_EQ(spec.threads, 1);
  EXPECT_EQ(spec.duration, 10s);
  EXPECT_EQ(spec.warmup, 0s);
  EXPECT_EQ(spec.timeout, 10s);
  EXPECT_EQ(spec.requests, 0);
  EXPECT_FALSE(spec.close);
  EXPECT_EQ(spec.expect_status, std::nullopt);
  EXPECT_EQ(spec.expect_body, std::nullopt);
  EXPECT_EQ(spec.json_file, "");
}

TEST(LoadOptions, HaveShortNames) {
  const LoadSpec spec =
      good({"-c", "8", "-t", "2", "-d", "1.5s", "-n", "1000", kUrl});
  EXPECT_EQ(spec.connections, 8);
  EXPECT_EQ(spec.threads, 2);
  EXPECT_EQ(spec.duration, 1500ms);
  EXPECT_EQ(spec.requests, 1000);
}

TEST(LoadOptions, HaveLongNames) {
  const LoadSpec spec = good({kUrl,
                              "--connections",
                              "8",
                              "--threads=2",
                              "--duration",
                              "2m",
                              "--requests",
                              "7",
                              "--warmup",
                              "250ms",
                              "--close",
                              "--timeout",
                              "500us",
                              "--engine",
                              "epoll",
                              "--expect-status",
                              "204",
                              "--expect-body",
                              "Hello, World!",
                              "--json",
                              "-"});
  EXPECT_EQ(spec.connections, 8);
  EXPECT_EQ(spec.threads, 2);
  EXPECT_EQ(spec.duration, 2min);
  EXPECT_EQ(spec.requests, 7);
  EXPECT_EQ(spec.warmup, 250ms);
  EXPECT_TRUE(spec.close);
  EXPECT_EQ(spec.timeout, 500us);
  EXPECT_EQ(spec.engine, EngineKind::epoll);
  EXPECT_EQ(spec.expect_status, 204);
  EXPECT_EQ(spec.expect_body, "Hello, World!");
  EXPECT_EQ(spec.json_file, "-");
}

TEST(LoadOptions, TakeARateForTheWholeRun) {
  const LoadSpec spec = good({"-R", "1k:5k", "-d", "4s", kUrl});
  ASSERT_TRUE(spec.rate);
  EXPECT_EQ(spec.rate_text, "1k:5k");
  EXPECT_DOUBLE_EQ(spec.rate->arrivals_until(4'000'000'000), 12'000);
  EXPECT_EQ(spec.arrival, ArrivalKind::constant);
  EXPECT_FALSE(good({kUrl}).rate);
}

TEST(LoadOptions, RunAsLongAsTheStagesOfTheRate) {
  const LoadSpec spec = good({"--rate=1k@2s,5k@1s", "--arrival=poisson", kUrl});
  EXPECT_EQ(spec.duration, 3s);
  EXPECT_EQ(spec.arrival, ArrivalKind::poisson);
}

TEST(LoadOptions, TakeObjectives) {
  const LoadSpec spec =
      good({"--slo", "p99<5ms", "--slo", "errors<0.1%", kUrl});
  ASSERT_EQ(spec.objectives.size(), 2);
  EXPECT_EQ(spec.objectives[1].text, "errors<0.1%");
}

TEST(LoadOptions, TakeAnEcho) {
  const LoadSpec spec = good({"--message-bytes", "10", "echo://h:7"});
  EXPECT_EQ(spec.target.protocol, Protocol::echo);
  EXPECT_EQ(spec.message_bytes, 10);
}

TEST(LoadOptions, RefuseWhatDoesNotGoTogether) {
  EXPECT_THAT(mistake({"-R", "1k@2s", "-d", "5s", kUrl}),
              HasSubstr("the stages of --rate have one"));
  EXPECT_THAT(mistake({"--pipeline", "4", "--close", kUrl}),
              HasSubstr("does not go with --close"));
  EXPECT_THAT(mistake({"--max-connections", "100", kUrl}),
              HasSubstr("needs a --rate"));
  EXPECT_THAT(mistake({"-R", "1k", "--max-connections", "9", kUrl}),
              HasSubstr("less than --connections"));
  EXPECT_THAT(mistake({"-R", "fast", kUrl}), HasSubstr("fast"));
  EXPECT_THAT(mistake({"--slo", "p99", kUrl}), HasSubstr("p99"));
  EXPECT_THAT(mistake({"--hdr", "a.txt", kUrl}), HasSubstr(".hgrm"));
}

TEST(LoadOptions, TakeTheModeByItsName) {
  EXPECT_EQ(good({"steady", kUrl}).target.port, 8080);
  EXPECT_EQ(good({"steady", "-c", "4", kUrl}).connections, 4);
}

TEST(LoadOptions, MayExpectAnEmptyBody) {
  EXPECT_EQ(good({"--expect-body", "", kUrl}).expect_body, "");
}

TEST(LoadOptions, NameWhatIsWrong) {
  EXPECT_THAT(mistake({}), HasSubstr("target"));
  EXPECT_THAT(mistake({"8080"}), HasSubstr("'8080'"));
  EXPECT_THAT(mistake({"https://h/"}), HasSubstr("http://host:port/path"));
  EXPECT_THAT(mistake({"burst", kUrl}), HasSubstr("'burst'"));
  EXPECT_THAT(mistake({"--rat", "5", kUrl}), HasSubstr("--rat"));
  EXPECT_THAT(mistake({"-c", "2", "-t", "3", kUrl}),
              HasSubstr("more threads than connections"));
  EXPECT_THAT(mistake({"-d", "10", kUrl}), HasSubstr("'10'"));
  EXPECT_THAT(mistake({"--engine", "magic", kUrl}), HasSubstr("magic"));
}

TEST(LoadOptions, RefuseEveryBadValue) {
  const std::vector<std::vector<std::string>> bad = {
      {"-c", "0"},
      {"-c", "-1"},
      {"-c", "1000001"},
      {"-c", "many"},
      {"-c", "1.5"},
      {"-c"},
      {"-t", "0"},
      {"-t", "1025"},
      {"-d", "0s"},
      {"-d", "-1s"},
      {"-d", "1h"},
      {"--timeout", "0ms"},
      {"--warmup", "-1s"},
      {"--warmup", ""},
      {"-n", "0"},
      {"-n", "-5"},
      {"-n", "1e3"},
      {"--expect-status", "99"},
      {"--expect-status", "600"},
      {"--expect-status", "OK"},
      {"--close=maybe"},
      {"--engine", ""},
  };
  for (std::vector<std::string> words : bad) {
    words.insert(words.begin(), kUrl);
    mistake(words);
  }
}

TEST(LoadOptions, RefuseWordsTooMany) {
  mistake({kUrl, kUrl});
  mistake({"steady", kUrl, kUrl});
}

TEST(LoadOptions, PointToTheHelp) {
  EXPECT_THAT(mistake({"-c", "0", kUrl}), HasSubstr("--help"));
}

TEST(LoadOptions, PrintTheHelpOnStdout) {
  const Outcome outcome = parse({"--help"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.err, "");
  for (const std::string option :
       {"--connections", "--threads", "--duration", "--requests", "--warmup",
        "--close", "--timeout", "--engine", "--expect-status", "--expect-body",
        "--json"}) {
    EXPECT_THAT(outcome.out, HasSubstr(option));
  }
}

TEST(LoadOptions, PrintTheVersionOnStdout) {
  const Outcome outcome = parse({"--version"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.out, testing::StartsWith("loadgen "));
}

}  // namespace
}  // namespace sockmark
