// The models that are wrong on purpose: each has its flaw, and no other.
#include <csignal>

#include "lib/error.h"
#include "tests/lib/replies.h"
#include "tests/servers/process_group.h"
#include "tests/servers/server_test.h"

namespace sockmark {
namespace {

constexpr std::size_t kClients = 10;

class Flaw : public ServerTest {
 protected:
  pid_t first_process() { return server_->process().pid(); }

  bool comes_down_to(std::size_t processes) {
    return eventually([&] {
      return processes_of_group(first_process()).size() == processes;
    });
  }

  // Each served, and by a process of its own.
  std::vector<Client> served_clients() {
    std::vector<Client> clients;
    for (std::size_t i = 0; i < kClients; ++i) {
      clients.push_back(connect());
      EXPECT_EQ(clients.back().ask(kGet, reply().size()), reply());
    }
    return clients;
  }
};

class DescriptorLeak : public Flaw {};

TEST_P(DescriptorLeak, GrowsWithEachClientAndHidesTheEnd) {
  start();
  const std::size_t before = open_descriptors(first_process());
  std::vector<Client> clients;
  for (std::size_t i = 0; i < kClients; ++i) {
    clients.push_back(connect());
    EXPECT_EQ(clients.back().ask(kGetAndClose, reply(kClose).size()),
              reply(kClose));
  }
  EXPECT_TRUE(comes_down_to(1)) << "its children end";
  EXPECT_EQ(open_descriptors(first_process()), before + kClients);
  for (const Client& client : clients) {
    EXPECT_FALSE(client.hears_within(std::chrono::milliseconds(0)));
  }
}

class Zombies : public Flaw {};

TEST_P(Zombies, AreLeftByClientsThatLeaveTogether) {
  start();
  {
    const std::vector<Client> clients = served_clients();
    // Its children end, and it is told once of all of them.
    check(kill(first_process(), SIGSTOP), "kill");
    EXPECT_TRUE(
        eventually([this] { return state_of(first_process()) == 'T'; }));
  }
  EXPECT_TRUE(eventually(
      [this] { return zombies_of_group(first_process()) == kClients; }));
  check(kill(first_process(), SIGCONT), "kill");
  EXPECT_TRUE(comes_down_to(kClients)) << "one is waited for";
  EXPECT_EQ(connect().ask(kGet, reply().size()), reply());
  EXPECT_GE(zombies_of_group(first_process()), kClients - 2);
}

class Interruption : public Flaw {
 protected:
  void TearDown() override {}  // it has ended, and not well
};

TEST_P(Interruption, EndsTheServerWithItsFirstChild) {
  Child& process = start().process();
  // A signal that comes while it is not in accept() does no harm.
  const bool ended = eventually([&] {
    try {
      Client client = connect();
      client.send_what_is_taken(kGetAndClose);
      client.receive_what_is_left();
    } catch (const std::system_error&) {  // refused: it has ended
    }
    return process.wait_for(std::chrono::milliseconds(10)).has_value();
  });
  ASSERT_TRUE(ended);
  EXPECT_EQ(process.wait_for(kPatience)->describe(), "exit status 1");
  EXPECT_EQ(process.err(), "fork: accept: Interrupted system call\n");
}

INSTANTIATE_TEST_SUITE_P(Models, DescriptorLeak,
                         testing::ValuesIn(flawed_models("leak")), name_of);
INSTANTIATE_TEST_SUITE_P(Models, Zombies,
                         testing::ValuesIn(flawed_models("once")), name_of);
INSTANTIATE_TEST_SUITE_P(Models, Interruption,
                         testing::ValuesIn(flawed_models("die")), name_of);

}  // namespace
}  // namespace sockmark
