// Servers that are told to stop, or are killed, while they have clients.
#include <arpa/inet.h>
#include <sys/socket.h>

#include "lib/error.h"
#include "tests/lib/replies.h"
#include "tests/servers/server_test.h"

namespace sockmark {
namespace {

using namespace std::literals;

class Draining : public ServerTest {
 protected:
  // Clients that were accepted for sure: they have heard from the server, and
  // yet it has not begun to work for them.
  std::vector<Client> accepted_clients() {
    const int count = GetParam().side_by_side() ? 3 : 1;
    std::vector<Client> clients;
    for (int i = 0; i < count; ++i) {
      clients.push_back(connect());
      clients.back().send(
          "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
          "Content-Length: 5\r\n\r\n");
      EXPECT_EQ(clients.back().receive(kGoOn.size()), kGoOn);
    }
    return clients;
  }
};

TEST_P(Draining, AnswersWhatItWasAskedBefore) {
  start({"--work", "sleep:30ms", "--body", "1000000"});
  std::vector<Client> clients = accepted_clients();
  for (Client& client : clients) client.send("hello");
  stop(SIGTERM);
  const std::string expected = reply("", 1'000'000);
  for (Client& client : clients) {
    EXPECT_TRUE(client.receive(expected.size()) == expected);
  }
}

bool can_bind(std::uint16_t port) {
  const Fd fd(check(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
  const int on = 1;
  check(setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on),
        "setsockopt");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return bind(fd.get(), reinterpret_cast<const sockaddr*>(&address),
              sizeof address) == 0;
}

class Killing : public ServerTest {
 protected:
  void TearDown() override {}  // it has ended, and not well
};

TEST_P(Killing, TheFirstProcessEndsTheOthersAndFreesThePort) {
  start();
  {
    Client client = connect();
    EXPECT_EQ(client.ask(kGet, reply().size()), reply());
    check(kill(server_->process().pid(), SIGKILL), "kill");
    EXPECT_TRUE(server_->process().wait_for(kPatience));
  }
  EXPECT_TRUE(server_->ends_by_itself());
  EXPECT_TRUE(eventually([this] { return can_bind(server_->port()); }));
}

INSTANTIATE_TEST_SUITE_P(Models, Draining, testing::ValuesIn(sound_models()),
                         name_of);
INSTANTIATE_TEST_SUITE_P(
    Models, Killing,
    testing::ValuesIn(models_that(&ListedModel::has_several_processes)),
    name_of);

}  // namespace
}  // namespace sockmark
