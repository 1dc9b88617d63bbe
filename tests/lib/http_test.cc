#include "lib/http.h"

#include <gtest/gtest.h>

#include <string>

namespace sockmark {
namespace {

TEST(Http, ComparesWithoutRegardToCase) {
  EXPECT_TRUE(equals_ignoring_case("Content-Length", "content-length"));
  EXPECT_TRUE(equals_ignoring_case("", ""));
  EXPECT_FALSE(equals_ignoring_case("Content-Lengt", "content-length"));
  EXPECT_FALSE(equals_ignoring_case("Content_Length", "content-length"));
  EXPECT_FALSE(equals_ignoring_case("\x01", "!"));  // 32 apart, but no letters
}

TEST(Http, TrimsSpacesAndTabsOnly) {
  EXPECT_EQ(trim(" \t a b\t "), "a b");
  EXPECT_EQ(trim(" \t "), "");
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(trim("\r\n"), "\r\n");
}

TEST(Http, ReadsAContentLength) {
  EXPECT_EQ(parse_content_length("0"), 0);
  EXPECT_EQ(parse_content_length("00013"), 13);
  EXPECT_EQ(parse_content_length("9223372036854775807"),
            9'223'372'036'854'775'807);
}

TEST(Http, RefusesWhatIsNoContentLength) {
  for (const std::string text :
       {"", "-1", "+1", " 1", "1 ", "1,1", "0x1", "1.0", "1e3", "one",
        "9223372036854775808", "18446744073709551616",
        "99999999999999999999999"}) {
    EXPECT_EQ(parse_content_length(text), std::nullopt) << text;
  }
}

TEST(Http, FindsATokenInAList) {
  for (const std::string list : {"close", "Close", "te, close", "close,te",
                                 " close ", ",,close", "a,\tCLOSE\t,b"}) {
    EXPECT_TRUE(list_has(list, "close")) << list;
  }
}

TEST(Http, FindsNoTokenInAListWithoutIt) {
  for (const std::string list :
       {"", ",", "closed", "not-close", "clo se", "close;q=1", "te"}) {
    EXPECT_FALSE(list_has(list, "close")) << list;
  }
}

TEST(Http, FindsTheFirstLineWithEitherEnd) {
  for (const std::string bytes : {"one\r\ntwo\r\n", "one\ntwo\n"}) {
    const auto line = first_line(bytes);
    ASSERT_TRUE(line);
    EXPECT_EQ(line->text, "one");
    EXPECT_TRUE(bytes.substr(line->next).starts_with("two"));
  }
  EXPECT_EQ(first_line("\r\n")->text, "");
  EXPECT_EQ(first_line("\n")->next, 1);
  EXPECT_EQ(first_line("a\r\r\n")->text, "a\r");
}

TEST(Http, FindsNoLineThatHasNoEnd) {
  EXPECT_FALSE(first_line(""));
  EXPECT_FALSE(first_line("one"));
  EXPECT_FALSE(first_line("one\r"));
}

// memchr() must not be given a null pointer, not even with a size of 0.
TEST(Http, FindsNoLineWhereThereAreNoBytes) {
  EXPECT_FALSE(first_line(std::string_view()));
}

}  // namespace
}  // namespace sockmark
