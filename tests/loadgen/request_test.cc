#include "loadgen/request.h"

#include <gtest/gtest.h>

namespace sockmark {
namespace {

LoadSpec to(std::string_view url) {
  LoadSpec spec;
  spec.target = parse_target(url);
  return spec;
}

TEST(Request, AsksForThePathOfTheHost) {
  EXPECT_EQ(build_request(to("http://example.org/a/b?c=d")),
            "GET /a/b?c=d HTTP/1.1\r\nHost: example.org\r\n\r\n");
}

TEST(Request, NamesAPortThatIsNotTheDefault) {
  EXPECT_EQ(build_request(to("http://127.0.0.1:8080")),
            "GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n");
}

TEST(Request, KeepsTheBracketsOfAnIpv6Host) {
  EXPECT_EQ(build_request(to("http://[::1]:8080/")),
            "GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n");
}

TEST(Request, SaysThatItIsTheLastOfItsConnection) {
  LoadSpec spec = to("http://h/");
  spec.close = true;
  EXPECT_EQ(build_request(spec),
            "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
}

}  // namespace
}  // namespace sockmark
