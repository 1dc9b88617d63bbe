#include "harness/server/listener_owner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <sstream>

#include "lib/error.h"
#include "lib/fd.h"

namespace sockmark {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// As /proc/net/tcp has it: listening on 127.0.0.1:8080, on all addresses at 80
// and on another one at 8080; then a connection and one that waits for its end.
constexpr const char* kTcp =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when "
    "retrnsmt   uid  timeout inode\n"
    "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 "
    "00000000  1000        0 12345 1 0000000000000000 100 0 0 10 0\n"
    "   1: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 "
    "00000000     0        0 777 2 0000000000000000 100 0 0 10 128\n"
    "   2: 0501A8C0:1F90 00000000:0000 0A 00000000:00000000 00:00000000 "
    "00000000  1000        0 99 1 0000000000000000 100 0 0 10 0\n"
    "   3: 0100007F:1F90 0100007F:9C40 01 00000000:00000000 00:00000000 "
    "00000000  1000        0 12346 1 0000000000000000 20 4 30 10 -1\n"
    "   4: 0100007F:1F90 0100007F:9C42 06 00000000:00000000 03:00001752 "
    "00000000     0        0 0 3 0000000000000000\n";

// And tcp6: all addresses, ::1, and 127.0.0.1 by an IPv6 socket.
constexpr const char* kTcp6 =
    "  sl  local_address                         remote_address ...\n"
    "   0: 00000000000000000000000000000000:1F90 "
    "00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 "
    "00000000  1000        0 1 1 0000000000000000 100 0 0 10 0\n"
    "   1: 00000000000000000000000001000000:1F90 "
    "00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 "
    "00000000  1000        0 2 1 0000000000000000 100 0 0 10 0\n"
    "   2: 0000000000000000FFFF00000100007F:1F90 "
    "00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 "
    "00000000  1000        0 3 1 0000000000000000 100 0 0 10 0\n";

std::vector<ListeningSocket> parse_listening_sockets(const std::string& text) {
  std::istringstream table(text);
  return read_listening_sockets(table);
}

std::vector<std::string> described(const std::vector<ListeningSocket>& all) {
  std::vector<std::string> texts;
  for (const ListeningSocket& socket : all) texts.push_back(socket.describe());
  return texts;
}

std::vector<std::uint64_t> inodes(const std::vector<ListeningSocket>& sockets) {
  std::vector<std::uint64_t> result;
  for (const ListeningSocket& s : sockets) result.push_back(s.inode);
  return result;
}

TEST(ListeningSockets, AreThoseInStateListen) {
  const auto sockets = parse_listening_sockets(kTcp);
  EXPECT_THAT(described(sockets),
              ElementsAre("127.0.0.1:8080", "0.0.0.0:80", "192.168.1.5:8080"));
  EXPECT_THAT(inodes(sockets), ElementsAre(12345, 777, 99));
}

TEST(ListeningSockets, MayBeOfIpv6) {
  EXPECT_THAT(
      described(parse_listening_sockets(kTcp6)),
      ElementsAre("[::]:8080", "[::1]:8080", "[::ffff:127.0.0.1]:8080"));
}

TEST(ListeningSockets, TakeWhatIsSentToTheLoopbackAddressOrDoNot) {
  EXPECT_THAT(inodes(at_port(parse_listening_sockets(kTcp), 8080)),
              ElementsAre(12345));
  EXPECT_THAT(inodes(at_port(parse_listening_sockets(kTcp), 80)),
              ElementsAre(777));
  EXPECT_THAT(inodes(at_port(parse_listening_sockets(kTcp6), 8080)),
              ElementsAre(1, 3));
}

TEST(ListeningSockets, AreNotSeenInWhatIsNoTable) {
  for (const char* const text :
       {"", "\n\n", "0: x y 0A", "0: 0100007F 0 0A 0 0 0 0 0 5",
        "0: 0100007F:1F900 0 0A 0 0 0 0 0 5", "0: 0100:1F90 0 0A 0 0 0 0 0 5",
        "0: 0100007F:1F90 0 0A 0 0 0 0 0 x",
        "0: 010000XX:50 0 0A 0 0 0 0 0 5"}) {
    EXPECT_THAT(parse_listening_sockets(text), IsEmpty()) << text;
  }
}

TEST(ListeningSockets, AreReadUpToTheFirstConnection) {
  std::istringstream table(kTcp);
  read_listening_sockets(table);
  std::string rest;
  std::getline(table, rest);
  EXPECT_THAT(rest, testing::HasSubstr(" 06 "));
}

TEST(SocketInode, IsReadFromALink) {
  EXPECT_EQ(socket_inode("socket:[12345]"), 12345);
  for (const char* const link :
       {"pipe:[1]", "/dev/null", "socket:[]", "socket:[1", "socket:[x]", ""}) {
    EXPECT_FALSE(socket_inode(link)) << link;
  }
}

class ForeignListener : public testing::Test {
 protected:
  // Of a socket of this process that listens.
  std::uint16_t port() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    check(bind(socket_.get(), generic, size), "bind");
    check(listen(socket_.get(), 1), "listen");
    check(getsockname(socket_.get(), generic, &size), "getsockname");
    return ntohs(address.sin_port);
  }

  Fd socket_{socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
};

TEST_F(ForeignListener, IsNamed) {
  EXPECT_THAT(
      foreign_listener(port(), {}),
      testing::StartsWith("process " + std::to_string(getpid()) + " ("));
}

TEST_F(ForeignListener, IsNoneOfTheOwn) {
  EXPECT_EQ(foreign_listener(port(), {getpid()}), "");
}

TEST_F(ForeignListener, IsNobodyWhereNobodyListens) {
  const std::uint16_t closed = port();
  socket_.reset();
  EXPECT_EQ(foreign_listener(closed, {}), "");
}

TEST(SocketOwner, ThatCannotBeFoundIsSaidToBeSo) {
  EXPECT_EQ(describe_owner(std::uint64_t{1} << 62),
            "a process that we may not look into");
}

}  // namespace
}  // namespace sockmark
