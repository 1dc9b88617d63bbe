#include "lib/chunked.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sockmark {
namespace {

using Status = ChunkedDecoder::Status;

struct Decoded {
  Status status = Status::more;
  std::string data;
  std::size_t consumed = 0;
};

// Decodes `bytes`, which arrive `step` at a time.
Decoded decode(std::string_view bytes, std::size_t step) {
  ChunkedDecoder decoder;
  Decoded all;
  std::string_view arrived;
  while (all.status == Status::more) {
    if (arrived.empty()) {
      arrived = bytes.substr(all.consumed, step);
      if (arrived.empty()) return all;
    }
    const ChunkedDecoder::Step part = decoder.next(arrived);
    all.status = part.status;
    all.data += part.data;
    all.consumed += part.consumed;
    arrived.remove_prefix(part.consumed);
  }
  return all;
}

void expect_decoded(std::string_view bytes, Status status,
                    std::string_view data, std::size_t consumed) {
  SCOPED_TRACE(bytes.substr(0, 80));
  for (std::size_t step = 1; step <= bytes.size(); ++step) {
    const Decoded decoded = decode(bytes, step);
    ASSERT_EQ(decoded.status, status) << step;
    ASSERT_EQ(decoded.data, data) << step;
    ASSERT_EQ(decoded.consumed, consumed) << step;
  }
}

TEST(Chunked, DecodesHoweverTheBytesAreCut) {
  for (const std::string body :
       {"0\r\n\r\n", "5\r\nhello\r\n0\r\n\r\n",
        "2\r\nhe\r\n003\r\nllo\r\n000\r\n\r\n",
        "5;a=b;c=\"d\"\r\nhello\r\n0;e\r\n\r\n", "5 \r\nhello\r\n0\r\n\r\n",
        "5\t;\ta\r\nhello\r\n0\r\n\r\n",
        "5\r\nhello\r\n0\r\nA: b\r\nC: d\r\n\r\n"}) {
    const bool empty = body.starts_with("0");
    expect_decoded(body, Status::done, empty ? "" : "hello", body.size());
  }
}

TEST(Chunked, ReadsSizesInHexadecimalOfEitherCase) {
  const std::string data(0xaB, '\n');
  const std::string body = "aB\r\n" + data + "\r\n0\r\n\r\n";
  expect_decoded(body, Status::done, data, body.size());
}

TEST(Chunked, LeavesWhatFollowsTheBody) {
  expect_decoded("1\r\nx\r\n0\r\n\r\nGET / HTTP/1.1", Status::done, "x", 11);
}

TEST(Chunked, WaitsForTheRestOfABodyThatIsCutShort) {
  const std::string body = "5\r\nhello\r\n0\r\nA: b\r\n\r\n";
  for (std::size_t size = 0; size < body.size(); ++size) {
    const Decoded decoded = decode(body.substr(0, size), std::string::npos);
    EXPECT_EQ(decoded.status, Status::more) << size;
    EXPECT_EQ(decoded.consumed, size);
  }
}

TEST(Chunked, RefusesWhatIsNoSize) {
  for (const std::string body : {"\r\n", "x\r\n", "-5\r\n", "+5\r\n", "0x5\r\n",
                                 " 5\r\n", ";a\r\n", "5g\r\n"}) {
    for (const std::size_t step : {std::size_t{1}, body.size()}) {
      EXPECT_EQ(decode(body, step).status, Status::bad) << body;
    }
  }
}

// Each of these would be a body to a decoder that takes any of them for a line
// end, or for part of an extension.
TEST(Chunked, RefusesLinesThatDoNotEndInReturnAndLineFeed) {
  for (const std::string body :
       {"5\nhello\r\n0\r\n\r\n", "5;a\nhello\r\n0\r\n\r\n",
        "5\r\nhello\n0\r\n\r\n", "5\r\nhello\r\n0\n\r\n",
        "5\r\nhello\r\n0\r\n\n", "5\r\nhello\r\n0\r\nA: b\n\r\n",
        "5\rx\r\nhello\r\n0\r\n\r\n", "5;a\rb\r\nhello\r\n0\r\n\r\n",
        "5\r\r\nhello\r\n0\r\n\r\n", "5\r\nhello\r\r\n0\r\n\r\n",
        "5\r\nhello\r\n0\r\nA: b\rC: d\r\n\r\n", "5\r\nhello\r\n0\r\n\r\r\n"}) {
    for (const std::size_t step : {std::size_t{1}, body.size()}) {
      EXPECT_EQ(decode(body, step).status, Status::bad)
          << testing::PrintToString(body);
    }
  }
}

TEST(Chunked, RefusesControlCharactersInItsFraming) {
  using namespace std::string_literals;
  for (const std::string& body :
       {"5\0\r\nhello\r\n0\r\n\r\n"s, "5;\0\r\nhello\r\n0\r\n\r\n"s,
        "5\r\nhello\r\n0\r\nA: \x7f\r\n\r\n"s}) {
    EXPECT_EQ(decode(body, body.size()).status, Status::bad)
        << testing::PrintToString(body);
  }
}

TEST(Chunked, RefusesWhatIsNoExtensionBehindASize) {
  for (const std::string body : {"5 hello\r\n", "5 5\r\n", "5=a\r\n"}) {
    EXPECT_EQ(decode(body, body.size()).status, Status::bad) << body;
  }
}

TEST(Chunked, RefusesASizeThatOverflows) {
  for (const std::string body :
       {"10000000000000005\r\nhello\r\n0\r\n\r\n", "ffffffffffffffff\r\n"}) {
    EXPECT_EQ(decode(body, body.size()).status, Status::bad) << body;
  }
}

TEST(Chunked, RefusesDataThatIsLongerThanItsChunk) {
  const Decoded decoded = decode("5\r\nhello!\r\n0\r\n\r\n", 100);
  EXPECT_EQ(decoded.status, Status::bad);
  EXPECT_EQ(decoded.data, "hello");
}

TEST(Chunked, RefusesFramingWithoutEnd) {
  for (const std::string start : {"", "5;", "0\r\nA: "}) {
    const std::string body = start + std::string(10'000, '0');
    for (const std::size_t step : {std::size_t{1}, body.size()}) {
      EXPECT_EQ(decode(body, step).status, Status::bad) << start;
    }
  }
}

TEST(Chunked, TakesAnyNumberOfChunks) {
  std::string body;
  for (int i = 0; i < 10'000; ++i) body += "1\r\nx\r\n";
  body += "0\r\n\r\n";
  const Decoded decoded = decode(body, 7);
  EXPECT_EQ(decoded.status, Status::done);
  EXPECT_EQ(decoded.data, std::string(10'000, 'x'));
}

}  // namespace
}  // namespace sockmark
