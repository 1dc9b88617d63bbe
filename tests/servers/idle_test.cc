// Clients that keep a server waiting, and its --idle-timeout.
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "tests/lib/replies.h"
#include "tests/servers/server_test.h"

namespace sockmark {
namespace {

using namespace std::literals;
using std::chrono::steady_clock;

constexpr std::string_view kHalfARequest = "GET / HTTP/1.1\r\nHo";
constexpr std::size_t kLargeBody = 10'000'000;

class IdleClients : public ServerTest {
 protected:
  // Until SIGCONT. What a client sends now is there when it is accepted,
  // however busy the machine. Not while the server still starts processes: one
  // that is forked at this moment may stay stopped.
  void hold_up() {
    server_->settled_footprint();
    server_->signal(SIGSTOP);
  }

  Client connect_and_send(std::string_view bytes, int receive_buffer = 0) {
    Client client(server_->port(), receive_buffer);
    client.send(bytes);
    return client;
  }
};

TEST_P(IdleClients, AreClosed) {
  start({"--idle-timeout", "40ms", "--body", std::to_string(kLargeBody)});
  connect_and_send(kHead).receive_what_is_left();  // what is opened once, is
  const std::size_t before = server_->settled_footprint();
  server_->signal(SIGSTOP);
  Client silent = connect();
  Client cut_short = connect_and_send(kHalfARequest);
  Client answered = connect_and_send(kHead);
  Client stalled = connect_and_send(kGet, 32 * 1024);
  server_->signal(SIGCONT);
  EXPECT_EQ(silent.receive_to_end(), "");
  EXPECT_EQ(cut_short.receive_to_end(), "");
  EXPECT_EQ(answered.receive_to_end(), reply_head("", kLargeBody));
  EXPECT_TRUE(stalled.hears_within(kPatience));
  EXPECT_TRUE(server_->shrinks_back_to(before)) << "one does not read";
  EXPECT_LT(stalled.receive_what_is_left().size(), kLargeBody);
}

bool is_answered(Client& client) {
  client.send_what_is_taken(kHead);
  try {
    return client.receive(reply_head().size()) == reply_head();
  } catch (const std::system_error&) {  // reset
    return false;
  }
}

// Longer than a busy machine keeps a server from its core.
constexpr auto kTimeout = 150ms;

// Whether the server keeps a client that asks now and then for several
// timeouts. One that was late itself, on a busy machine, proves nothing.
bool stays(Client& client) {
  const auto start = steady_clock::now();
  auto last = start;
  while (last - start < 3 * kTimeout) {
    std::this_thread::sleep_for(kTimeout / 6);
    const bool answered = is_answered(client);
    const auto now = steady_clock::now();
    if (!answered) return now - last > kTimeout / 2;
    last = now;
  }
  return true;
}

TEST_P(IdleClients, AreNotThoseThatAskNowAndThen) {
  start({"--idle-timeout", "150ms"});
  Client client = connect();
  EXPECT_TRUE(stays(client));
}

TEST_P(IdleClients, AreNotThoseThatWaitForTheServer) {
  start({"--idle-timeout", "15ms", "--work", "sleep:40ms"});
  hold_up();
  Client first = connect_and_send(kGetAndClose);
  Client second = connect_and_send(kGetAndClose);
  server_->signal(SIGCONT);
  EXPECT_EQ(first.receive_to_end(), reply(kClose));
  EXPECT_EQ(second.receive_to_end(), reply(kClose));
}

TEST_P(IdleClients, OfAnyNumberDoNotKeepOthersOut) {
  const bool unlimited = GetParam().unlimited();
  start({"--workers", "2", "--idle-timeout", unlimited ? "30s" : "40ms"});
  hold_up();
  std::vector<Client> idle;
  for (int i = 0; i < 4; ++i) idle.push_back(connect());
  Client next = connect_and_send(kGet);
  server_->signal(SIGCONT);
  EXPECT_EQ(next.receive(reply().size()), reply());
  if (!unlimited) return;  // the idle ones had to go
  for (Client& client : idle) {
    EXPECT_EQ(client.ask(kGet, reply().size()), reply());
  }
}

INSTANTIATE_TEST_SUITE_P(Models, IdleClients, testing::ValuesIn(sound_models()),
                         name_of);

}  // namespace
}  // namespace sockmark
