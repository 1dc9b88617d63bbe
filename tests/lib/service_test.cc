#include "lib/service.h"

#include <gtest/gtest.h>

#include <chrono>
#include <ctime>
#include <string>

#include "tests/lib/options_with.h"
#include "tests/lib/replies.h"

namespace sockmark {
namespace {

using namespace std::chrono_literals;

std::chrono::nanoseconds now_on(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return std::chrono::seconds(now.tv_sec) +
         std::chrono::nanoseconds(now.tv_nsec);
}

TEST(Service, RepliesByWhatHappensToTheConnection) {
  const Service service(Options{});
  EXPECT_EQ(service.handle({}), reply());
  EXPECT_EQ(service.handle({.keep_alive = false}), reply(kClose));
  EXPECT_EQ(service.handle({.is_http_1_0 = true}), reply(kKeepAlive));
  EXPECT_EQ(service.handle({.is_http_1_0 = true, .keep_alive = false}),
            reply(kClose));
}

TEST(Service, RepliesToHeadWithTheSameHeadAndNoBody) {
  for (const std::size_t body : {std::size_t{0}, kDefaultBody}) {
    const Service service(with_body(body));
    EXPECT_EQ(service.handle({.is_head = true}), reply_head("", body));
    EXPECT_EQ(service.handle({.is_head = true, .keep_alive = false}),
              reply_head(kClose, body));
  }
}

TEST(Service, KeepsNoConnectionWhenTold) {
  const Service service(with_keep_alive_off());
  EXPECT_FALSE(service.keeps_alive({}));
  EXPECT_EQ(service.handle({}), reply(kClose));
}

TEST(Service, CutsOrRepeatsItsTextToTheSizeOfTheBody) {
  for (const std::size_t body : {0U, 1U, 12U, 13U, 14U, 1000U, 1U << 20}) {
    const Service service(with_body(body));
    EXPECT_TRUE(service.handle({}) == reply("", body)) << body;
  }
}

TEST(Service, RefusesWithTheStatusAndNoBody) {
  EXPECT_EQ(Service::rejection(400), refusal("400 Bad Request"));
  EXPECT_EQ(Service::rejection(431),
            refusal("431 Request Header Fields Too Large"));
  EXPECT_EQ(Service::rejection(501), refusal("501 Not Implemented"));
  EXPECT_EQ(Service::rejection(505), refusal("505 HTTP Version Not Supported"));
}

TEST(Service, SleepsBeforeItReplies) {
  const Service service(
      with_work({.kind = Work::Kind::sleep, .duration = 20ms}));
  const auto before = now_on(CLOCK_MONOTONIC);
  EXPECT_EQ(service.handle({}), reply());
  EXPECT_GE(now_on(CLOCK_MONOTONIC) - before, 20ms);
}

TEST(Service, SpinsForItsDurationOfCpuTime) {
  const Service service(
      with_work({.kind = Work::Kind::spin, .duration = 10ms}));
  const auto before = now_on(CLOCK_THREAD_CPUTIME_ID);
  EXPECT_EQ(service.handle({}), reply());
  EXPECT_GE(now_on(CLOCK_THREAD_CPUTIME_ID) - before, 10ms);
}

}  // namespace
}  // namespace sockmark
