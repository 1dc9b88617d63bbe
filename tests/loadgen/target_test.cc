#include "loadgen/target.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/loadgen/failure.h"

namespace sockmark {
namespace {

using testing::HasSubstr;

struct GoodUrl {
  std::string url;
  std::string host;
  std::uint16_t port;
  std::string path;
  std::string authority;
};

TEST(Target, IsReadFromAUrl) {
  for (const GoodUrl& good : {
           GoodUrl{"http://h", "h", 80, "/", "h"},
           GoodUrl{"http://h/", "h", 80, "/", "h"},
           GoodUrl{"http://h:80/", "h", 80, "/", "h"},
           GoodUrl{"http://h:8080", "h", 8080, "/", "h:8080"},
           GoodUrl{"http://h:65535/", "h", 65535, "/", "h:65535"},
           GoodUrl{"http://h/a/b?c=d&e", "h", 80, "/a/b?c=d&e", "h"},
           GoodUrl{"http://h?c=d", "h", 80, "/?c=d", "h"},
           GoodUrl{"http://h/a#part", "h", 80, "/a", "h"},
           GoodUrl{"http://h/a:1/[b]", "h", 80, "/a:1/[b]", "h"},
           GoodUrl{"http://127.0.0.1:1/", "127.0.0.1", 1, "/", "127.0.0.1:1"},
           GoodUrl{"http://[::1]/", "::1", 80, "/", "[::1]"},
           GoodUrl{"http://[::1]:8080/a", "::1", 8080, "/a", "[::1]:8080"},
       }) {
    const Target target = parse_target(good.url);
    EXPECT_EQ(target.host, good.host) << good.url;
    EXPECT_EQ(target.port, good.port) << good.url;
    EXPECT_EQ(target.path, good.path) << good.url;
    EXPECT_EQ(target.authority(), good.authority) << good.url;
  }
}

TEST(Target, LeavesAFragmentOutOfTheHost) {
  const Target target = parse_target("http://h#part");
  EXPECT_EQ(target.host, "h");
  EXPECT_EQ(target.path, "/");
}

TEST(Target, IsRefusedWithTheUrlAndWhatWasExpected) {
  for (const std::string url : {"",
                                "h",
                                "h:80",
                                "127.0.0.1:8080/",
                                "https://h/",
                                "ftp://h/",
                                "http:/h",
                                "http://",
                                "http:///",
                                "http://:80/",
                                "http://h:/",
                                "http://h:0/",
                                "http://h:65536/",
                                "http://h:-1/",
                                "http://h:+1/",
                                "http://h:8o/",
                                "http://h:80:80/",
                                "http://[::1/",
                                "http://[]/",
                                "http://[[]/",
                                "http://a[b/",
                                "http://a]/",
                                "http://[::1]8080/",
                                "http://::1/",
                                "http://h /",
                                "http://h/a b",
                                "http://h/\r\nX: y",
                                "http://h/\x7f"}) {
    EXPECT_THAT(failure_of<std::invalid_argument>([&] { parse_target(url); }),
                testing::AllOf(HasSubstr("'" + url + "'"),
                               HasSubstr("expected http://host:port/path")))
        << url;
  }
}

TEST(Target, IsRefusedForTheRightReason) {
  const auto reason = [](std::string_view url) {
    return failure_of<std::invalid_argument>([&] { parse_target(url); });
  };
  EXPECT_THAT(reason("https://h/"), HasSubstr("start with http://"));
  EXPECT_THAT(reason("http://h:x/"), HasSubstr("1 to 65535"));
  EXPECT_THAT(reason("http://h/a b"), HasSubstr("blank"));
  EXPECT_THAT(reason("http://[::1/"), HasSubstr("']' is missing"));
  EXPECT_THAT(reason("http://:80/"), HasSubstr("host is missing"));
  EXPECT_THAT(reason("http://[[::1]/"), HasSubstr("brackets"));
}

// Neither a blank nor what a request line may hold: say so.
TEST(Target, IsNotToldThatAnUmlautIsABlank) {
  EXPECT_THAT(failure_of<std::invalid_argument>([] {
                parse_target(
                    "http://h/stra\xc3\x9f"
                    "e");
              }),
              testing::Not(HasSubstr("blank")));
}

TEST(Target, ResolvesNumericAddresses) {
  const Address v4 = resolve(parse_target("http://127.0.0.1:8080/"));
  ASSERT_EQ(v4.get()->sa_family, AF_INET);
  const auto* const in = reinterpret_cast<const sockaddr_in*>(v4.get());
  EXPECT_EQ(ntohs(in->sin_port), 8080);
  EXPECT_EQ(ntohl(in->sin_addr.s_addr), INADDR_LOOPBACK);
  EXPECT_EQ(v4.size, sizeof(sockaddr_in));

  const Address v6 = resolve(parse_target("http://[::1]:8080/"));
  EXPECT_EQ(v6.get()->sa_family, AF_INET6);
  EXPECT_EQ(v6.size, sizeof(sockaddr_in6));
}

TEST(Target, NamesAHostThatHasNoAddress) {
  EXPECT_THAT(failure_of<std::runtime_error>(
                  [] { resolve(parse_target("http://no.such.invalid/")); }),
              HasSubstr("cannot resolve 'no.such.invalid'"));
}

}  // namespace
}  // namespace sockmark
