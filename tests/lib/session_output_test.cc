// Session under replies that are larger than a write, and as an echo.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "lib/session.h"
#include "tests/lib/options_with.h"
#include "tests/lib/replies.h"
#include "tests/lib/session_driver.h"

namespace sockmark {
namespace {

constexpr std::size_t kLargestJoined = 64 * 1024;

class SessionOutput : public testing::TestWithParam<std::size_t> {
 protected:
  // Takes all output, `step` bytes at a time, and checks on the way that no
  // more than one write's worth is ever held.
  std::string take_bounded(Session& session, std::size_t step) const {
    const std::size_t limit =
        std::max(kLargestJoined, reply(kClose, GetParam()).size());
    std::string taken;
    while (session.want() == Want::write) {
      EXPECT_LE(session.output().size(), limit);
      const std::string_view some = session.output().substr(0, step);
      taken += some;
      session.sent(some.size());
    }
    return taken;
  }

  const Service service_{with_body(GetParam())};
  Session session_{service_};
  // Replies that differ show whether they keep their order.
  const std::string requests_ =
      repeated(std::string(kGet) + std::string(kHead), 7) + std::string(kHead) +
      std::string(kGetAndClose);
  const std::string replies_ =
      repeated(reply("", GetParam()) + reply_head("", GetParam()), 7) +
      reply_head("", GetParam()) + reply(kClose, GetParam());
};

TEST_P(SessionOutput, IsBoundedAndInOrder) {
  session_.received(requests_);
  EXPECT_TRUE(take_bounded(session_, kWhole) == replies_);
  EXPECT_EQ(session_.want(), Want::close);
}

TEST_P(SessionOutput, IsBoundedAndInOrderWhenLittleIsSentAtATime) {
  session_.received(requests_);
  EXPECT_TRUE(take_bounded(session_, 4099) == replies_);
  EXPECT_EQ(session_.want(), Want::close);
}

TEST_P(SessionOutput, IsSentToAPeerThatHalfClosed) {
  session_.received(requests_);
  session_.end_of_input();
  EXPECT_TRUE(take_bounded(session_, kWhole) == replies_);
  EXPECT_EQ(session_.want(), Want::close);
}

TEST_P(SessionOutput, EndsWithTheRefusalOfABadRequest) {
  session_.received(repeated(kGet, 4) + "hello\r\n");
  EXPECT_TRUE(take_bounded(session_, kWhole) ==
              repeated(reply("", GetParam()), 4) + refusal("400 Bad Request"));
  EXPECT_EQ(session_.want(), Want::close);
}

// Below, around and above what is joined into one write.
INSTANTIATE_TEST_SUITE_P(OfBody, SessionOutput,
                         testing::Values(0, 13, 20'000, 40'000, 65'400, 65'460,
                                         65'536, 1 << 20),
                         testing::PrintToStringParamName());

class SessionEcho : public testing::Test {
 protected:
  // No two stretches of it are alike, so that none can stand for another.
  static std::string some_bytes(std::size_t count) {
    std::string bytes;
    for (std::size_t i = 0; bytes.size() < count; ++i) {
      bytes += std::to_string(i) + '\0' + '\n';
    }
    bytes.resize(count);
    return bytes;
  }

  const Service service_{with_echo()};
  Session session_{service_};
};

TEST_F(SessionEcho, ReturnsTheBytesHoweverTheyAreCut) {
  const std::string bytes = some_bytes(1000);
  for (std::size_t step = 1; step <= bytes.size(); ++step) {
    Session session(service_);
    ASSERT_EQ(converse(session, bytes, step), bytes) << step;
    ASSERT_EQ(session.want(), Want::read);
  }
}

TEST_F(SessionEcho, ReturnsMoreThanAWriteHolds) {
  const std::string bytes = some_bytes(1'000'000);
  for (const std::size_t step : {std::size_t{50'000}, std::size_t{65'536},
                                 std::size_t{65'537}, kWhole}) {
    Session session(service_);
    EXPECT_TRUE(converse(session, bytes, step) == bytes) << step;
  }
}

TEST_F(SessionEcho, KeepsItsPlaceWhenAByteIsSentAtATime) {
  const std::string bytes = some_bytes(70'000);
  session_.received(bytes);
  EXPECT_TRUE(take_output(session_, 1) == bytes);
}

TEST_F(SessionEcho, KeepsWhatArrivesWhileItSends) {
  session_.received("one ");
  session_.sent(1);
  session_.received("two ");
  session_.received("three");
  EXPECT_EQ(take_output(session_), "ne two three");
}

TEST_F(SessionEcho, ReturnsEverythingBeforeItClosesAfterAHalfClose) {
  const std::string bytes = some_bytes(200'000);
  session_.received(bytes);
  session_.end_of_input();
  EXPECT_TRUE(take_output(session_) == bytes);
  EXPECT_EQ(session_.want(), Want::close);
}

}  // namespace
}  // namespace sockmark
