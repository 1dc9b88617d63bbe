// What a server says it did, against what its clients know that it did.
#include "lib/counters.h"

#include <fcntl.h>
#include <sys/mman.h>

#include "lib/error.h"
#include "tests/harness/temporary_folder.h"
#include "tests/lib/replies.h"
#include "tests/servers/ran.h"
#include "tests/servers/server_test.h"

namespace sockmark {
namespace {

class Counters : public ServerTest {
 protected:
  Counters() {
    const auto path = folder_.write("counters", std::string(4096, '\0'));
    const Fd fd(check(open(path.c_str(), O_RDWR | O_CLOEXEC), "open"));
    page_ = map_counters(fd.get());
  }
  ~Counters() override { munmap(page_, sizeof *page_); }

  void start_counting(std::vector<std::string> options = {}) {
    options.insert(options.end(),
                   {"--counters", (folder_.path() / "counters").string()});
    start(options);
    EXPECT_EQ(page_->magic, CounterPage::kMagic);
    expect(0, 0);
  }

  // At once: a reply is counted before it is sent.
  void expect(std::uint64_t connections, std::uint64_t requests) const {
    EXPECT_EQ(sum_of(*page_).connections, connections);
    EXPECT_EQ(sum_of(*page_).requests, requests);
  }

  TemporaryFolder folder_;
  CounterPage* page_ = nullptr;
};

TEST_P(Counters, CountEachRequestOfAConnectionThatIsKept) {
  start_counting();
  Client client = connect();
  for (std::uint64_t asked = 1; asked <= 20; ++asked) {
    EXPECT_EQ(client.ask(kGet, reply().size()), reply());
    expect(1, asked);
  }
  EXPECT_EQ(client.ask(kHead, reply_head().size()), reply_head());
  expect(1, 21);
}

TEST_P(Counters, CountEachConnectionThatIsClosed) {
  start_counting({"--keep-alive", "off"});
  for (std::uint64_t asked = 1; asked <= 20; ++asked) {
    Client client = connect();
    client.send(kGet);
    EXPECT_EQ(client.receive_to_end(), reply(kClose));
    expect(asked, asked);
  }
}

TEST_P(Counters, CountPipelinedRequestsOfClientsThatComeTogether) {
  constexpr int kClients = 20;
  constexpr int kRequests = 10;
  start_counting();
  std::vector<Client> clients;
  for (int i = 0; i < kClients; ++i) {
    clients.push_back(connect());
    clients.back().send(repeated(kGet, kRequests - 1) +
                        std::string(kGetAndClose));
  }
  for (Client& client : clients) {
    EXPECT_EQ(client.receive_to_end(),
              repeated(reply(), kRequests - 1) + reply(kClose));
  }
  expect(kClients, kClients * kRequests);
}

TEST_P(Counters, CountRefusalsAsAnswers) {
  start_counting();
  Client client = connect();
  client.send(std::string(kGet) + "nonsense\r\n\r\n");
  EXPECT_EQ(client.receive_to_end(), reply() + refusal("400 Bad Request"));
  expect(1, 2);
}

TEST_P(Counters, CountNoInterimReply) {
  start_counting();
  Client client = connect();
  EXPECT_EQ(client.ask("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n"
                       "Expect: 100-continue\r\n\r\n",
                       kGoOn.size()),
            kGoOn);
  expect(1, 0);
  EXPECT_EQ(client.ask("ab", reply().size()), reply());
  expect(1, 1);
}

TEST_P(Counters, CountConnectionsThatAskNothing) {
  start_counting();
  for (int i = 0; i < 3; ++i) connect().close();
  EXPECT_TRUE(eventually([this] { return sum_of(*page_).connections == 3; }));
  expect(3, 0);
}

TEST_P(Counters, CountNoEchoes) {
  start_counting({"--protocol", "echo"});
  EXPECT_EQ(connect().ask("hello", 5), "hello");
  expect(1, 0);
}

TEST_P(Counters, FailInOneLineThatNamesTheFile) {
  const Ran ran =
      run_to_end(command_line(GetParam(), {"--counters", "/nowhere/counters"}));
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.out, "");
  EXPECT_TRUE(is_one_line(ran.err)) << ran.err;
  EXPECT_NE(ran.err.find("/nowhere/counters"), std::string::npos) << ran.err;
}

INSTANTIATE_TEST_SUITE_P(Models, Counters, testing::ValuesIn(sound_models()),
                         name_of);

}  // namespace
}  // namespace sockmark
