// The check of a reply's body against the expected one.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "loadgen/response.h"

namespace sockmark {
namespace {

constexpr std::string_view kExpected = "hello world";

std::string with_length(std::string_view body) {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + std::string(body);
}

// In two chunks, so that the body never arrives in one run.
std::string chunked(std::string_view body) {
  std::string bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  const std::size_t half = body.size() / 2;
  for (const auto part : {body.substr(0, half), body.substr(half)}) {
    if (part.empty()) continue;
    bytes += std::to_string(part.size()) + "\r\n" + std::string(part) + "\r\n";
  }
  return bytes + "0\r\n\r\n";
}

std::string to_the_end(std::string_view body) {
  return "HTTP/1.0 200 OK\r\n\r\n" + std::string(body);
}

// Fed at every split; all must agree.
bool is_as_expected(const std::string& bytes,
                    std::string_view expected = kExpected) {
  int yes = 0;
  int no = 0;
  ResponseParser parser(false, expected);
  for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
    parser.begin();
    const std::string_view all = bytes;
    if (parser.feed(all.substr(0, cut)).status ==
        ResponseParser::Status::more) {
      parser.feed(all.substr(cut));
    }
    ++(parser.body_is_as_expected() ? yes : no);
  }
  EXPECT_TRUE(yes == 0 || no == 0) << "depends on the split";
  return no == 0;
}

TEST(ExpectedBody, IsFoundInEveryFraming) {
  EXPECT_TRUE(is_as_expected(with_length(kExpected)));
  EXPECT_TRUE(is_as_expected(chunked(kExpected)));
  EXPECT_TRUE(is_as_expected(to_the_end(kExpected)));
}

TEST(ExpectedBody, IsNotAPrefixOfIt) {
  EXPECT_FALSE(is_as_expected(with_length("hello worl")));
  EXPECT_FALSE(is_as_expected(chunked("hello worl")));
  EXPECT_FALSE(is_as_expected(to_the_end("hello worl")));
}

TEST(ExpectedBody, IsNotALongerOne) {
  EXPECT_FALSE(is_as_expected(with_length("hello world!")));
  EXPECT_FALSE(is_as_expected(chunked("hello world!")));
  EXPECT_FALSE(is_as_expected(to_the_end("hello world!")));
}

TEST(ExpectedBody, IsNotAnotherOfItsLength) {
  EXPECT_FALSE(is_as_expected(with_length("Hello world")));
  EXPECT_FALSE(is_as_expected(with_length("hello worlD")));
  EXPECT_FALSE(is_as_expected(chunked("hello_world")));
}

TEST(ExpectedBody, IsNotNone) {
  EXPECT_FALSE(is_as_expected(with_length("")));
  EXPECT_FALSE(is_as_expected("HTTP/1.1 204 No Content\r\n\r\n"));
}

TEST(ExpectedBody, MayBeEmpty) {
  EXPECT_TRUE(is_as_expected(with_length(""), ""));
  EXPECT_FALSE(is_as_expected(with_length("x"), ""));
}

TEST(ExpectedBody, IsNotSoughtInAReplyToHead) {
  ResponseParser parser(true, kExpected);
  parser.begin();
  parser.feed("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n");
  EXPECT_TRUE(parser.body_is_as_expected());
}

TEST(ExpectedBody, IsAnyBodyIfNoneIsGiven) {
  ResponseParser parser;
  parser.begin();
  parser.feed(with_length("anything"));
  EXPECT_TRUE(parser.body_is_as_expected());
}

TEST(ExpectedBody, IsCheckedAnewForEachReply) {
  ResponseParser parser(false, kExpected);
  for (const bool is_right : {true, false, true}) {
    parser.begin();
    parser.feed(with_length(is_right ? "hello world" : "wrong"));
    EXPECT_EQ(parser.body_is_as_expected(), is_right);
  }
}

}  // namespace
}  // namespace sockmark
