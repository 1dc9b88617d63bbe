// Servers that run out of descriptors, processes, threads, or rights.
#include <sys/resource.h>
#include <sys/select.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "tests/lib/replies.h"
#include "tests/servers/ran.h"
#include "tests/servers/server_test.h"
#include "tests/servers/unprivileged.h"

namespace sockmark {
namespace {

using Argv = std::vector<std::string>;

Argv operator+(Argv front, const Argv& rest) {
  front.insert(front.end(), rest.begin(), rest.end());
  return front;
}

class Limits : public ServerTest {
 protected:
  // Whether a client that asked is served: if not, it is turned away.
  static bool is_served(Client& client) {
    const std::string answer = client.receive_what_is_left();
    EXPECT_TRUE(answer.empty() || answer == reply(kClose)) << answer;
    return !answer.empty();
  }

  // More clients come than the server has means for. It serves at least so
  // many, and when all have left, it is there for the next.
  void expect_to_withstand(int clients, int served_at_least) {
    std::vector<Client> crowd;
    for (int i = 0; i < clients; ++i) crowd.push_back(connect());
    if (!GetParam().never_sleeps()) {
      EXPECT_TRUE(server_->comes_to_rest()) << "it spins";
    }
    // All ask before any has to be answered: some may wait for others to leave.
    for (Client& client : crowd) client.send_what_is_taken(kGetAndClose);
    const auto served = std::count_if(crowd.begin(), crowd.end(), is_served);
    EXPECT_GE(served, served_at_least);
    expect_recovery();
  }

  // The server may still be busy with what it had.
  void expect_recovery() {
    EXPECT_TRUE(eventually([this] {
      Client next = connect();
      next.send_what_is_taken(kGetAndClose);
      return is_served(next);
    }));
  }
};

class DescriptorLimits : public Limits {};

TEST_P(DescriptorLimits, TurnClientsAwayUntilOthersLeave) {
  const Argv argv =
      Argv{"prlimit", "--nofile=64"} + command_line(GetParam(), {});
  if (!can_run(argv)) GTEST_SKIP() << "no prlimit";
  server_.emplace(argv);
  expect_to_withstand(200, 20);
}

class TaskLimits : public Limits {};

TEST_P(TaskLimits, TurnClientsAwayUntilOthersLeave) {
#ifdef __SANITIZE_THREAD__
  GTEST_SKIP() << "ThreadSanitizer dies if it cannot start threads of its own";
#endif
  // LeakSanitizer would need a process of its own as well.
  const Argv limits = {"env", "LSAN_OPTIONS=detect_leaks=0", "prlimit",
                       "--nproc=4"};
  const Argv argv = as_someone_else() + limits + command_line(GetParam(), {});
  if (!can_run(argv)) GTEST_SKIP() << "no setpriv, no prlimit or not root";
  warning_ = "only 3 of 4 workers: ";
  server_.emplace(argv);
  expect_to_withstand(10, 3);
}

TEST_P(Limits, OfRightsAreNamedInOneLine) {
  int first_free_port = 1024;
  std::ifstream("/proc/sys/net/ipv4/ip_unprivileged_port_start") >>
      first_free_port;
  if (first_free_port <= 80) GTEST_SKIP() << "anybody may use port 80 here";
  Argv argv = command_line(GetParam(), {"--port", "80"});
  if (geteuid() == 0) argv = as_someone_else() + argv;
  if (!can_run(argv)) GTEST_SKIP() << "no setpriv";
  const Ran ran = run_to_end(argv);
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.out, "");
  EXPECT_TRUE(is_one_line(ran.err)) << ran.err;
  EXPECT_NE(ran.err.find("127.0.0.1:80: Permission denied"), std::string::npos)
      << ran.err;
}

// Beyond it, select(2) writes past the end of its sets.
class FdSetSize : public Limits {};

TEST_P(FdSetSize, IsAsFarAsClientsAreHeld) {
  constexpr int kClients = FD_SETSIZE + 76;
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 2 * FD_SETSIZE);
  setrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur < 2 * FD_SETSIZE) GTEST_SKIP() << "ulimit -Hn is too low";
  start();
  std::vector<Client> clients;
  for (int i = 0; i < kClients; ++i) clients.push_back(connect());
  for (Client& client : clients) client.send_what_is_taken(kGet);
  std::vector<Client> held;
  for (Client& client : clients) {
    try {
      const std::string answer = client.receive(reply().size());
      if (answer.empty()) continue;
      EXPECT_EQ(answer, reply());
      held.push_back(std::move(client));
    } catch (const std::system_error&) {  // reset
    }
  }
  EXPECT_GT(held.size(), FD_SETSIZE - 24);
  EXPECT_LT(held.size(), FD_SETSIZE);
  for (Client& client : held) {
    EXPECT_EQ(client.ask(kGet, reply().size()), reply());
  }
  clients.clear();
  held.clear();
  expect_recovery();
}

INSTANTIATE_TEST_SUITE_P(
    Models, DescriptorLimits,
    testing::ValuesIn(models_that(&ListedModel::has_one_process)), name_of);
INSTANTIATE_TEST_SUITE_P(Models, Limits, testing::ValuesIn(sound_models()),
                         name_of);
INSTANTIATE_TEST_SUITE_P(
    Models, FdSetSize,
    testing::ValuesIn(models_that(&ListedModel::has_sets_of_fixed_size)),
    name_of);
INSTANTIATE_TEST_SUITE_P(
    Models, TaskLimits,
    testing::ValuesIn(models_that(&ListedModel::starts_tasks)), name_of);

}  // namespace
}  // namespace sockmark
