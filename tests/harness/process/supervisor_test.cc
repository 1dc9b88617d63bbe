// No process of ours outlives us: however a program hides its processes, and
// whoever is killed first. A harness that is killed here is itself a Child of
// the test, so what it left behind would be found in its tree.
#include "harness/process/supervisor.h"

#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "harness/process/child.h"
#include "tests/harness/temporary_folder.h"
#include "tests/servers/client.h"
#include "tests/servers/patience.h"

namespace sockmark {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

// A daemon with a child of its own, as daemons are made: out of the session,
// out of the group, its parent gone. The program goes on, or ends.
const std::string kDaemon =
    "(setsid sh -c 'trap \"\" TERM; sleep 600 & echo up; sleep 601' &)";

ChildSpec shell(const std::string& script) {
  return {.argv = {"sh", "-c", script}};
}

ChildSpec harness_of(std::vector<std::string> program) {
  program.insert(program.begin(), FAKE_HARNESS);
  return {.argv = program};
}

bool has_printed_line(const Child& child) {
  return eventually(
      [&] { return child.out().find('\n') != std::string::npos; });
}

// KILL to the harness alone; the rest has to follow by itself.
void kill_and_expect_nothing_left(const Child& harness) {
  kill(harness.pid(), SIGKILL);
  EXPECT_TRUE(eventually([&] { return !harness.tree_exists(); }));
}

std::uint16_t port_in(const std::string& line) {
  return static_cast<std::uint16_t>(std::stoi(line.substr(line.find(':') + 1)));
}

std::ptrdiff_t open_descriptors() {
  const std::filesystem::directory_iterator entries("/proc/self/fd");
  return std::distance(begin(entries), end(entries));
}

class KilledHarness : public testing::TestWithParam<const char*> {};

TEST_P(KilledHarness, LeavesNoServerNoChildOfItAndNoPort) {
  for (int moment = 0; moment < 5; ++moment) {
    const Child harness(harness_of(
        {std::string(SERVER_DIR) + "/" + GetParam(), "--port", "0"}));
    ASSERT_TRUE(has_printed_line(harness)) << harness.err();
    const std::uint16_t port = port_in(harness.out());
    std::vector<Client> clients;
    for (int i = 0; i < moment; ++i) clients.emplace_back(port);
    kill_and_expect_nothing_left(harness);
    EXPECT_THROW(Client{port}, std::system_error);
  }
}

INSTANTIATE_TEST_SUITE_P(Servers, KilledHarness,
                         testing::Values("fork", "prefork", "epoll_lt"),
                         [](const auto& server) { return server.param; });

TEST(Supervisor, EndsDaemonsOfAHarnessThatIsKilled) {
  const Child harness(harness_of({"sh", "-c", kDaemon + "; sleep 602"}));
  ASSERT_TRUE(has_printed_line(harness));
  kill_and_expect_nothing_left(harness);
}

TEST(Supervisor, EndsDaemonsWhoseProgramHasEnded) {
  const Child harness(harness_of({"sh", "-c", kDaemon}));
  ASSERT_TRUE(has_printed_line(harness));
  kill_and_expect_nothing_left(harness);
}

// Between the forks of supervisor and program too.
TEST(Supervisor, LeavesNothingWheneverItsHarnessIsKilled) {
  for (int i = 0; i < 60; ++i) {
    const Child harness(harness_of({"sh", "-c", kDaemon + "; sleep 602"}));
    std::this_thread::sleep_for(microseconds(200 * i));
    kill_and_expect_nothing_left(harness);
  }
}

TEST(Supervisor, LeavesNothingOfARunThatIsKilled) {
  const TemporaryFolder folder;
  for (int i = 0; i < 8; ++i) {
    const Child run(
        {.argv = {BUILD_DIR "/bin/sockmark", "run", "--servers", "fork,prefork",
                  "--workload", "short", "--duration", "100ms", "--warmup", "0",
                  "--rounds", "1", "--no-plots", "--results",
                  folder.path().string()}});
    std::this_thread::sleep_for(milliseconds(50 * i));
    kill_and_expect_nothing_left(run);
  }
}

TEST(Supervisor, KeepsCtrlCFromThePrograms) {
  const Child harness(harness_of({"sh", "-c", "echo up; sleep 600"}));
  ASSERT_TRUE(has_printed_line(harness));
  kill(-harness.pid(), SIGINT);  // to its group, as a terminal does
  EXPECT_TRUE(eventually([&] { return !harness.tree_exists(); }));
  EXPECT_EQ(harness.out(), "up\nit still runs\n");
}

TEST(Supervisor, ThatIsKilledTakesTheProgramWithIt) {
  Child child(shell("(sleep 600) & echo up; sleep 600"));
  ASSERT_TRUE(has_printed_line(child));
  kill(child.supervisor(), SIGKILL);
  const auto ending = child.wait_for(kPatience);
  ASSERT_TRUE(ending.has_value());
  EXPECT_EQ(ending->describe(), "killed by SIGKILL");
  EXPECT_FALSE(child.tree_exists());
  EXPECT_FALSE(child.group_exists());
}

TEST(Supervisor, ThatIsKilledLeavesTheRestToTheChildsEnd) {
  pid_t group = 0;
  {
    const Child child(shell("(sleep 600) & echo up; sleep 600"));
    group = child.pid();
    ASSERT_TRUE(has_printed_line(child));
    kill(child.supervisor(), SIGKILL);
  }
  EXPECT_NE(kill(-group, 0), 0);
}

TEST(Supervisor, KeepsDaemonsInTheTreeUntilTheyAreStopped) {
  Child child(shell(kDaemon));
  ASSERT_TRUE(has_printed_line(child));
  ASSERT_TRUE(child.wait_for(kPatience).has_value());
  EXPECT_FALSE(child.group_exists());
  EXPECT_TRUE(child.tree_exists());
  EXPECT_TRUE(child.stop(milliseconds(20)).clean()) << "the program had ended";
  EXPECT_FALSE(child.tree_exists());
}

TEST(Supervisor, WaitsForOrphans) {
  const Child child(
      shell("for i in 1 2 3 4 5; do (true &) done; echo up; exec sleep 600"));
  ASSERT_TRUE(has_printed_line(child));
  EXPECT_TRUE(eventually(
      [&] { return descendants_of(child.supervisor()).size() == 1; }));
}

TEST(Supervisor, HasGoneWithItsChild) {
  pid_t supervisor = 0;
  {
    const Child child(shell("sleep 600"));
    supervisor = child.supervisor();
    EXPECT_EQ(getsid(child.pid()), supervisor);
  }
  EXPECT_FALSE(read_process(supervisor).has_value());
}

TEST(Supervisor, CostsNoDescriptors) {
  const auto run = [] { Child(shell("true")).wait_for(kPatience); };
  run();
  const auto before = open_descriptors();
  for (int i = 0; i < 50; ++i) run();
  EXPECT_THROW(Child({.argv = {"/nowhere/program"}}), std::system_error);
  EXPECT_EQ(open_descriptors(), before);
}

TEST(Supervisor, PassesNoDescriptorsOn) {
  const Child other(shell("sleep 600"));
  const Fd leaking(dup(STDOUT_FILENO));  // not closed on exec
  Child child(shell("ls /proc/$$/fd; true"));
  ASSERT_TRUE(child.wait_for(kPatience).has_value());
  EXPECT_EQ(child.out(), "0\n1\n2\n");
}

}  // namespace
}  // namespace sockmark
