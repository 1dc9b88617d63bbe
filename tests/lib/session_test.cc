#include "lib/session.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/lib/replies.h"
#include "tests/lib/session_corpus.h"
#include "tests/lib/session_driver.h"

namespace sockmark {
namespace {

class SessionExchange : public testing::TestWithParam<Exchange> {
 protected:
  // A connection on which `first` bytes arrive at once, then `step` at a time.
  void expect_replies(std::size_t first, std::size_t step) {
    Session session(service_);
    const std::string_view input = exchange_.input;
    std::string replies = converse(session, input.substr(0, first));
    replies += converse(session, input.substr(first), step);
    ASSERT_EQ(without_interim_replies(replies), exchange_.replies);
    ASSERT_EQ(session.want(), exchange_.end);
  }

  const Exchange exchange_ = GetParam();
  const Service service_{exchange_.options};
};

TEST_P(SessionExchange, AnswersWhatArrivesWhole) { expect_replies(0, kWhole); }

TEST_P(SessionExchange, AnswersWhatArrivesInTwoParts) {
  for (std::size_t first = 1; first < exchange_.input.size(); ++first) {
    SCOPED_TRACE(first);
    expect_replies(first, kWhole);
    if (HasFatalFailure()) return;
  }
}

TEST_P(SessionExchange, AnswersWhatArrivesByteByByte) { expect_replies(0, 1); }

std::string name_of(const testing::TestParamInfo<Exchange>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Good, SessionExchange,
                         testing::ValuesIn(good_exchanges()), name_of);
INSTANTIATE_TEST_SUITE_P(Refused, SessionExchange,
                         testing::ValuesIn(refused_exchanges()), name_of);

class SessionTest : public testing::Test {
 protected:
  const Service service_{Options{}};
  Session session_{service_};
};

TEST_F(SessionTest, WantsToReadFirst) {
  EXPECT_EQ(session_.want(), Want::read);
  EXPECT_EQ(session_.output(), "");
}

TEST_F(SessionTest, JoinsPipelinedRepliesIntoOneOutput) {
  session_.received(repeated(kGet, 16));
  EXPECT_EQ(session_.output(), repeated(reply(), 16));
}

TEST_F(SessionTest, KeepsItsPlaceWhenLittleIsSentAtATime) {
  session_.received(repeated(kGet, 3) + std::string(kGetAndClose));
  EXPECT_EQ(take_output(session_, 1), repeated(reply(), 3) + reply(kClose));
  EXPECT_EQ(session_.want(), Want::close);
}

TEST_F(SessionTest, KeepsWhatArrivesWhileItSends) {
  session_.received(kGet);
  session_.sent(10);
  session_.received(kGetAndClose);
  EXPECT_EQ(take_output(session_), reply().substr(10) + reply(kClose));
}

TEST_F(SessionTest, AsksForTheBodyOfARequestThatExpectsIt) {
  session_.received(
      "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
      "Content-Length: 5\r\n\r\n");
  EXPECT_EQ(take_output(session_), kGoOn);
  EXPECT_EQ(converse(session_, "hello"), reply());
}

TEST_F(SessionTest, DoesNotAskForABodyThatIsAlreadyComing) {
  session_.received(
      "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
      "Content-Length: 5\r\n\r\nh");
  EXPECT_EQ(take_output(session_), "");
  EXPECT_EQ(converse(session_, "ello"), reply());
}

// RFC 9110, section 10.1.1: a client of HTTP/1.0 takes it for the reply.
TEST_F(SessionTest, DoesNotAskAnHttp10ClientForTheBody) {
  session_.received(
      "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
  EXPECT_EQ(take_output(session_), "");
  EXPECT_EQ(converse(session_, "hello"), reply(kClose));
}

TEST_F(SessionTest, ClosesWhenThePeerLeavesBetweenRequests) {
  EXPECT_EQ(converse(session_, kGet), reply());
  session_.end_of_input();
  EXPECT_EQ(session_.want(), Want::close);
}

TEST_F(SessionTest, ClosesWithoutAReplyWhenARequestIsCutShort) {
  for (std::size_t size = 0; size < kGet.size(); ++size) {
    Session session(service_);
    EXPECT_EQ(converse(session, kGet.substr(0, size)), "");
    session.end_of_input();
    EXPECT_EQ(session.want(), Want::close) << size;
  }
}

TEST_F(SessionTest, ClosesWithoutAReplyWhenABodyIsCutShort) {
  const std::string head = "POST / HTTP/1.1\r\nHost: h\r\n";
  for (const std::string& start :
       {head + "Content-Length: 5\r\n\r\nhell",
        head + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n"}) {
    Session session(service_);
    EXPECT_EQ(converse(session, start), "");
    session.end_of_input();
    EXPECT_EQ(session.want(), Want::close) << start;
  }
}

TEST_F(SessionTest, AnswersAllThatWasAskedBeforeThePeerHalfClosed) {
  session_.received(repeated(kGet, 3) + "GET / HT");
  session_.sent(20);
  session_.end_of_input();
  EXPECT_EQ(take_output(session_), repeated(reply(), 3).substr(20));
  EXPECT_EQ(session_.want(), Want::close);
}

TEST_F(SessionTest, SendsNothingOnABrokenConnection) {
  session_.received(repeated(kGet, 3));
  session_.sent(10);
  session_.abort();
  EXPECT_EQ(session_.want(), Want::close);
  EXPECT_EQ(session_.output(), "");
}

// A completion server may learn of a send after it learnt of the break.
TEST_F(SessionTest, IgnoresWhatWasSentOnceItIsBroken) {
  session_.received(kGet);
  session_.abort();
  session_.sent(10);
  EXPECT_EQ(session_.want(), Want::close);
  EXPECT_EQ(session_.output(), "");
}

TEST_F(SessionTest, IgnoresInputOnceItCloses) {
  converse(session_, kGetAndClose);
  session_.received(kGet);
  EXPECT_EQ(session_.want(), Want::close);
  EXPECT_EQ(session_.output(), "");
}

TEST_F(SessionTest, LeavesNoInputWhenItTookAll) {
  converse(session_, kGet);
  EXPECT_FALSE(session_.leaves_input());
  converse(session_, kGetAndClose);
  EXPECT_FALSE(session_.leaves_input());
}

TEST_F(SessionTest, LeavesInputBehindARequestThatCloses) {
  converse(session_, std::string(kGetAndClose) + "GET");
  EXPECT_TRUE(session_.leaves_input());
}

TEST_F(SessionTest, LeavesInputBehindARefusedRequest) {
  converse(session_, "hello\r\n");
  EXPECT_TRUE(session_.leaves_input());
}

}  // namespace
}  // namespace sockmark
