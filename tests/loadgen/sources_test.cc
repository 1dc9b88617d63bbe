#include "loadgen/sources.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <cstdint>
#include <set>
#include <string>

#include "lib/error.h"
#include "lib/fd.h"
#include "tests/loadgen/scripted_server.h"

namespace sockmark {
namespace {

Address address_of(const std::string& host, std::uint16_t port = 80) {
  Target target;
  target.host = host;
  target.port = port;
  return resolve(target);
}

std::uint32_t next_of(Sources& sources) {
  return ntohl(sources.next().sin_addr.s_addr);
}

TEST(Sources, AreThereOnTheLoopbackOnly) {
  EXPECT_TRUE(Sources(address_of("127.0.0.1")).any());
  EXPECT_TRUE(Sources(address_of("127.9.8.7")).any());
  EXPECT_FALSE(Sources(address_of("126.0.0.1")).any());
  EXPECT_FALSE(Sources(address_of("128.0.0.1")).any());
  EXPECT_FALSE(Sources(address_of("::1")).any());
}

TEST(Sources, AreAllDifferentUntilTheFirstComesAgain) {
  Sources sources(address_of("127.0.0.1"));
  std::set<std::uint32_t> seen;
  for (unsigned i = 0; i < Sources::kCount; ++i) {
    const std::uint32_t address = next_of(sources);
    EXPECT_EQ(address >> 24, 127);
    EXPECT_NE(address & 0xff, 0);
    EXPECT_NE(address & 0xff, 255);
    EXPECT_TRUE(seen.insert(address).second);
  }
  EXPECT_GE(seen.size(), 300);
  EXPECT_TRUE(seen.contains(next_of(sources)));
}

TEST(Sources, BeginWhereTheyAreTold) {
  const Address target = address_of("127.0.0.1");
  Sources all(target);
  for (int i = 0; i < 300; ++i) all.next();
  Sources later(target, 300);
  Sources much_later(target, 300 + Sources::kCount);
  const std::uint32_t expected = next_of(all);
  EXPECT_EQ(next_of(later), expected);
  EXPECT_EQ(next_of(much_later), expected);
}

TEST(Sources, AreWhereTheConnectionsComeFrom) {
  const ScriptedServer server([](Peer& peer) { peer.hang(); });
  const Address target = address_of("127.0.0.1", server.port());
  Sources sources(target);
  Sources expected(target);
  for (int i = 0; i < 3; ++i) {
    const Fd fd(
        check(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
    sources.bind_next(fd.get());
    check(connect(fd.get(), target.get(), target.size), "connect");
    sockaddr_in own{};
    socklen_t size = sizeof own;
    check(getsockname(fd.get(), reinterpret_cast<sockaddr*>(&own), &size),
          "getsockname");
    EXPECT_EQ(ntohl(own.sin_addr.s_addr), next_of(expected));
    EXPECT_NE(own.sin_port, 0);
  }
}

// ::1 is the only one of its kind.
TEST(Sources, LeaveOtherSocketsAlone) {
  const Fd fd(check(socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
  Sources(address_of("::1")).bind_next(fd.get());
  sockaddr_in6 own{};
  socklen_t size = sizeof own;
  check(getsockname(fd.get(), reinterpret_cast<sockaddr*>(&own), &size),
        "getsockname");
  EXPECT_EQ(own.sin6_port, 0);
}

}  // namespace
}  // namespace sockmark
