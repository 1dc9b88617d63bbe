#include "harness/server/server_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sockmark {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(ServerCommand, TellsOurOwnServersWhatIsAsked) {
  const ServerSpec spec{.name = "a", .command = {"a", "--flag"}};
  Workload workload;
  EXPECT_THAT(server_command(spec, workload),
              ElementsAre("a", "--flag", "--port", "0", "--body", "13"));
  workload.work = "spin:10us";
  workload.body_bytes = 1024;
  EXPECT_THAT(server_command(spec, workload),
              ElementsAre("a", "--flag", "--port", "0", "--body", "1024",
                          "--work", "spin:10us"));
}

TEST(ServerCommand, OfAUsersServerHasThePortWhereItIsAskedFor) {
  ServerSpec spec{.name = "a", .command = {"a", "-l{port}:{port}", "{x}"}};
  spec.readiness = Readiness::reply;
  EXPECT_THAT(server_command(spec, {}),
              ElementsAre("a", "-l{port}:{port}", "{x}"));
  EXPECT_THAT(server_process(spec, {}, 80, {1}).argv,
              ElementsAre("a", "-l80:80", "{x}"));
  EXPECT_THAT(server_process(spec, {}, 80, {1}).cpus, ElementsAre(1));
}

TEST(ServerCommand, OfAUsersServerHasItsOwnSurroundings) {
  ServerSpec spec{.name = "a", .command = {"a"}};
  spec.readiness = Readiness::reply;
  spec.cwd = "/srv";
  spec.env = {{"LISTEN", "127.0.0.1:{port}"}, {"MODE", "fast"}};
  spec.stop_signal = SIGQUIT;
  const ChildSpec process = server_process(spec, {}, 80, {});
  EXPECT_EQ(process.cwd, "/srv");
  EXPECT_THAT(process.env, ElementsAre(Pair("LISTEN", "127.0.0.1:80"),
                                       Pair("MODE", "fast")));
  EXPECT_EQ(process.stop_signal, SIGQUIT);
}

}  // namespace
}  // namespace sockmark
