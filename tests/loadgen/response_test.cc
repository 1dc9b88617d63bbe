#include "loadgen/response.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/loadgen/response_corpus.h"

namespace sockmark {
namespace {

using Status = ResponseParser::Status;

constexpr std::size_t kWhole = std::string_view::npos;

// Feeds `bytes` in pieces of `step`, up to the end of the reply. Adds what was
// consumed to `consumed`.
Status feed(ResponseParser& parser, std::string_view bytes, std::size_t step,
            std::size_t& consumed) {
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, step);
    const ResponseParser::Step result = parser.feed(piece);
    EXPECT_LE(result.consumed, piece.size());
    consumed += result.consumed;
    if (result.status != Status::more) return result.status;
    EXPECT_EQ(result.consumed, piece.size()) << "more was wanted";
    bytes.remove_prefix(piece.size());
  }
  return Status::more;
}

// The first `cut` bytes at once, the rest in pieces of `step`.
Status feed_cut(ResponseParser& parser, std::string_view bytes, std::size_t cut,
                std::size_t step, std::size_t& consumed) {
  const Status first = feed(parser, bytes.substr(0, cut), kWhole, consumed);
  if (first != Status::more) return first;
  return feed(parser, bytes.substr(std::min(cut, bytes.size())), step,
              consumed);
}

Reply reply_of(const ResponseParser& parser) {
  return {.status_code = parser.status_code(),
          .keep_alive = parser.keep_alive(),
          .body_bytes = parser.body_bytes()};
}

class GoodReply : public testing::TestWithParam<ReplyStream> {
 protected:
  void expect_understood(std::size_t cut, std::size_t step) {
    const ReplyStream& stream = GetParam();
    ResponseParser parser(stream.answers_head);
    parser.begin();
    std::size_t consumed = 0;
    const Status status = feed_cut(parser, stream.bytes, cut, step, consumed);
    if (stream.ends_with_the_connection) {
      ASSERT_EQ(status, Status::more);
      ASSERT_EQ(parser.end_of_file(), Status::complete);
    } else {
      ASSERT_EQ(status, Status::complete);
    }
    ASSERT_EQ(consumed, stream.bytes.size() - stream.behind);
    ASSERT_EQ(reply_of(parser), stream.reply);
  }
};

TEST_P(GoodReply, IsUnderstoodWhole) { expect_understood(kWhole, kWhole); }

TEST_P(GoodReply, IsUnderstoodInTwoParts) {
  for (std::size_t cut = 1; cut < GetParam().bytes.size(); ++cut) {
    SCOPED_TRACE(cut);
    expect_understood(cut, kWhole);
    if (HasFatalFailure()) return;
  }
}

TEST_P(GoodReply, IsUnderstoodByteByByte) { expect_understood(0, 1); }

TEST_P(GoodReply, IsUnderstoodAfterEveryOther) {
  const ReplyStream& stream = GetParam();
  ResponseParser parser(stream.answers_head);
  for (const ReplyStream& before : good_replies()) {
    if (before.answers_head != stream.answers_head) continue;
    std::size_t consumed = 0;
    parser.begin();
    feed(parser, before.bytes, kWhole, consumed);
    parser.begin();
    feed(parser, stream.bytes, kWhole, consumed = 0);
    ASSERT_EQ(consumed, stream.bytes.size() - stream.behind) << before.name;
    ASSERT_EQ(reply_of(parser), stream.reply) << before.name;
  }
}

TEST_P(GoodReply, IsCutShortByAnEarlyEnd) {
  const ReplyStream& stream = GetParam();
  if (stream.ends_with_the_connection) return;
  const std::size_t size = stream.bytes.size() - stream.behind;
  for (std::size_t cut = 0; cut < size; ++cut) {
    ResponseParser parser(stream.answers_head);
    parser.begin();
    std::size_t consumed = 0;
    feed(parser, std::string_view(stream.bytes).substr(0, cut), kWhole,
         consumed);
    ASSERT_EQ(parser.end_of_file(), Status::more) << cut;
  }
}

template <typename Stream>
std::string name_of(const testing::TestParamInfo<Stream>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Stream, GoodReply, testing::ValuesIn(good_replies()),
                         name_of<ReplyStream>);

class BadReply : public testing::TestWithParam<BadStream> {
 protected:
  Status status_of(std::size_t cut, std::size_t step) {
    ResponseParser parser;
    parser.begin();
    std::size_t consumed = 0;
    return feed_cut(parser, GetParam().bytes, cut, step, consumed);
  }
};

TEST_P(BadReply, IsRefusedHoweverItIsSplit) {
  const std::size_t size = GetParam().bytes.size();
  EXPECT_EQ(status_of(kWhole, kWhole), Status::bad);
  EXPECT_EQ(status_of(0, 1), Status::bad);
  for (std::size_t cut = 1; cut < size; ++cut) {
    ASSERT_EQ(status_of(cut, kWhole), Status::bad) << cut;
  }
}

TEST_P(BadReply, IsForgottenWhenTheNextBegins) {
  ResponseParser parser;
  std::size_t consumed = 0;
  parser.begin();
  ASSERT_EQ(feed(parser, GetParam().bytes, 1, consumed), Status::bad);
  parser.begin();
  EXPECT_EQ(feed(parser, head_of(100), kWhole, consumed), Status::complete);
  EXPECT_EQ(reply_of(parser), Reply());
}

INSTANTIATE_TEST_SUITE_P(Stream, BadReply, testing::ValuesIn(bad_replies()),
                         name_of<BadStream>);

TEST(ResponseParser, ReadsRepliesBackToBack) {
  std::string bytes;
  std::vector<ReplyStream> streams;
  for (ReplyStream& stream : good_replies()) {
    if (stream.answers_head || stream.ends_with_the_connection) continue;
    stream.bytes.resize(stream.bytes.size() - stream.behind);
    bytes += stream.bytes;
    streams.push_back(stream);
  }
  ResponseParser parser;
  std::string_view rest = bytes;
  for (const ReplyStream& stream : streams) {
    parser.begin();
    const ResponseParser::Step step = parser.feed(rest);
    ASSERT_EQ(step.status, Status::complete) << stream.name;
    ASSERT_EQ(step.consumed, stream.bytes.size()) << stream.name;
    ASSERT_EQ(reply_of(parser), stream.reply) << stream.name;
    rest.remove_prefix(step.consumed);
  }
  EXPECT_EQ(rest, "");
}

TEST(ResponseParser, WantsMoreOfNothing) {
  ResponseParser parser;
  parser.begin();
  EXPECT_EQ(parser.feed("").status, Status::more);
  EXPECT_EQ(parser.feed("").consumed, 0);
}

TEST(ResponseParser, AcceptsALargeHead) {
  for (const std::size_t step : {std::size_t{1000}, kWhole}) {
    ResponseParser parser;
    parser.begin();
    std::size_t consumed = 0;
    EXPECT_EQ(feed(parser, head_of(60'000), step, consumed), Status::complete);
    EXPECT_EQ(consumed, 60'000);
  }
}

// However it arrives: what a run counts must not depend on packets.
TEST(ResponseParser, RefusesATooLargeHead) {
  for (const std::size_t step :
       {std::size_t{1000}, std::size_t{1} << 16, kWhole}) {
    ResponseParser parser;
    parser.begin();
    std::size_t consumed = 0;
    EXPECT_EQ(feed(parser, head_of(100'000), step, consumed), Status::bad)
        << "in pieces of " << step;
  }
}

TEST(ResponseParser, RefusesAHeadWithoutEnd) {
  ResponseParser parser;
  parser.begin();
  std::size_t consumed = 0;
  EXPECT_EQ(feed(parser, head_of(200'000).substr(0, 150'000), 4096, consumed),
            Status::bad);
  EXPECT_LT(consumed, 70'000);
}

}  // namespace
}  // namespace sockmark
