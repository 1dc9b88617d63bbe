// What every server promises of its command line, its start and its end.
#include <netinet/in.h>
#include <sys/socket.h>

#include "lib/error.h"
#include "tests/lib/replies.h"
#include "tests/servers/ran.h"
#include "tests/servers/server_test.h"

namespace sockmark {
namespace {

Ran run(const ListedModel& model, const std::vector<std::string>& options) {
  return run_to_end(command_line(model, options));
}

class CommandLine : public testing::TestWithParam<ListedModel> {};

TEST_P(CommandLine, HasHelp) {
  const Ran ran = run(GetParam(), {"--help"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.err, "");
  for (const std::string option :
       {"--host", "--port", "--workers", "--backlog", "--body", "--protocol",
        "--keep-alive", "--work", "--idle-timeout", "--max-connections",
        "--counters"}) {
    EXPECT_NE(ran.out.find(option), std::string::npos) << option;
  }
}

TEST_P(CommandLine, IsRefusedInOneLineWhenItIsWrong) {
  const std::vector<std::vector<std::string>> mistakes = {
      {"--no-such-option"}, {"argument"},           {"--port"},
      {"--port", "65536"},  {"--port", "-1"},       {"--workers", "0"},
      {"--body", "-1"},     {"--protocol", "smtp"}, {"--keep-alive", "maybe"},
      {"--work", "sleep"},  {"--work", "spin:5"}};
  for (const auto& mistake : mistakes) {
    SCOPED_TRACE(mistake.back());
    const Ran ran = run(GetParam(), mistake);
    EXPECT_EQ(ran.status, 2);
    EXPECT_EQ(ran.out, "");
    EXPECT_TRUE(is_one_line(ran.err)) << ran.err;
  }
}

// Someone else's listener on a free port.
std::uint16_t listen_somewhere(const Fd& fd) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof address;
  check(bind(fd.get(), any, size), "bind");
  check(listen(fd.get(), 1), "listen");
  check(getsockname(fd.get(), any, &size), "getsockname");
  return ntohs(address.sin_port);
}

TEST_P(CommandLine, FailsInOneLineThatNamesAPortInUse) {
  const Fd taken(
      check(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
  const std::string port = std::to_string(listen_somewhere(taken));
  const Ran ran = run(GetParam(), {"--port", port});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.out, "");
  EXPECT_TRUE(is_one_line(ran.err)) << ran.err;
  EXPECT_NE(ran.err.find("127.0.0.1:" + port), std::string::npos) << ran.err;
}

TEST_P(CommandLine, FailsInOneLineThatNamesAnImpossibleHost) {
  const Ran ran = run(GetParam(), {"--host", "no.such.host"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.out, "");
  EXPECT_TRUE(is_one_line(ran.err)) << ran.err;
  EXPECT_NE(ran.err.find("no.such.host"), std::string::npos) << ran.err;
}

// Those that are wrong on purpose are not so from the first request on.
INSTANTIATE_TEST_SUITE_P(Models, CommandLine, testing::ValuesIn(all_models()),
                         name_of);

class FirstAnswer : public ServerTest {
 protected:
  void TearDown() override {}  // some models fail to end well on purpose
};

TEST_P(FirstAnswer, FollowsOneReadinessLine) {
  RunningServer& server = start();
  EXPECT_EQ(connect().ask(kGet, reply().size()), reply());
  EXPECT_EQ(server.process().out(),
            "listening 127.0.0.1:" + std::to_string(server.port()) + "\n");
}

INSTANTIATE_TEST_SUITE_P(Models, FirstAnswer, testing::ValuesIn(all_models()),
                         name_of);

// The tests below leave most of what they expect to TearDown().
class Stopping : public ServerTest {
 protected:
  // Clients that have been served, and then say nothing.
  std::vector<Client> idle_clients(int count) {
    std::vector<Client> clients;
    for (int i = 0; i < count && (i < 1 || GetParam().side_by_side()); ++i) {
      clients.push_back(connect());
      EXPECT_EQ(clients.back().ask(kGet, reply().size()), reply());
    }
    return clients;
  }
};

TEST_P(Stopping, BeforeAnyClientCame) { start(); }

TEST_P(Stopping, OnTermAfterItsClientsLeft) {
  start();
  idle_clients(3).clear();
  stop(SIGTERM);
}

TEST_P(Stopping, OnIntAfterItsClientsLeft) {
  start();
  idle_clients(3).clear();
  stop(SIGINT);
}

TEST_P(Stopping, WhenOnlyItsFirstProcessIsTold) {
  RunningServer& server = start();
  idle_clients(3).clear();
  told_to_stop_ = SIGTERM;
  check(kill(server.process().pid(), SIGTERM), "kill");
}

TEST_P(Stopping, ServesItsClientsUntilTheyLeave) {
  start();
  std::vector<Client> clients = idle_clients(3);
  stop(SIGTERM);
  for (Client& client : clients) {
    EXPECT_EQ(client.ask(kGet, reply().size()), reply());
  }
}

TEST_P(Stopping, TurnsNewClientsAway) {
  RunningServer& server = start();
  const std::vector<Client> clients = idle_clients(1);
  stop(SIGTERM);
  // The signal takes its time to arrive; whoever connects before it does may
  // still be served, or be left unanswered when the listener goes.
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  bool refused = false;
  while (!refused && std::chrono::steady_clock::now() < deadline) {
    try {
      Client(server.port()).close();
    } catch (const std::system_error& failed) {
      refused = failed.code() == std::errc::connection_refused;
    }
  }
  EXPECT_TRUE(refused);
}

TEST_P(Stopping, OnSeveralSignalsAtOnce) {
  start();
  idle_clients(1).clear();
  stop(SIGTERM);
  kill(-server_->process().pid(), SIGINT);  // it may have ended already
  kill(-server_->process().pid(), SIGTERM);
}

INSTANTIATE_TEST_SUITE_P(Models, Stopping, testing::ValuesIn(sound_models()),
                         name_of);

}  // namespace
}  // namespace sockmark
