#include "harness/server/can_serve.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sockmark {
namespace {

using testing::HasSubstr;

ServerSpec user_server() {
  ServerSpec spec;
  spec.readiness = Readiness::reply;
  return spec;
}

TEST(CanServe, OurOwnServersCanDoEverything) {
  Workload workload;
  workload.body_bytes = 1 << 20;
  workload.work = "sleep:1ms";
  EXPECT_TRUE(can_serve(ServerSpec{}, workload));
}

TEST(CanServe, AServerWithoutKeepAliveIsLeftOutOfWhatNeedsIt) {
  ServerSpec spec = user_server();
  spec.keep_alive = false;
  Workload workload;
  EXPECT_FALSE(can_serve(spec, workload));
  EXPECT_THAT(why_left_out(spec, workload), HasSubstr("\"keep_alive\""));
  workload.keep_alive = false;
  EXPECT_TRUE(can_serve(spec, workload));
}

TEST(CanServe, AUsersServerTakesNoneOfOurOptions) {
  Workload workload;
  EXPECT_TRUE(can_serve(user_server(), workload));
  workload.work = "spin:10us";
  EXPECT_THAT(why_left_out(user_server(), workload), HasSubstr("spin:10us"));
  workload = {};
  workload.body_bytes = 1024;
  EXPECT_THAT(why_left_out(user_server(), workload), HasSubstr("1024 bytes"));
}

}  // namespace
}  // namespace sockmark
