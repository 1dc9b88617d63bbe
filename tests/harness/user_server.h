// What the tests of a user's own servers share.
#pragma once

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <atomic>
#include <chrono>
#include <string>

#include "harness/server/listener_owner.h"
#include "harness/server/server.h"
#include "lib/fd.h"
#include "tests/harness/fake_model.h"
#include "tests/servers/patience.h"

namespace sockmark {

inline constexpr std::chrono::milliseconds kNotLong(
    500);  // for those that never become ready

inline Workload short_one() {
  Workload workload;
  workload.keep_alive = false;
  return workload;
}

inline TrialFailure failure_of(Server& server,
                               const std::atomic<bool>& stop = kNeverStopped) {
  try {
    server.await_ready(stop);
  } catch (const TrialFailure& failure) {
    return failure;
  }
  return {TrialStatus::ok, "it became ready"};
}

// The time to start does not count: what it does then is what matters.
inline void await_its_socket(const Server& server) {
  ASSERT_TRUE(
      eventually([&] { return !socket_inodes_of(server.pid()).empty(); }));
}

inline TrialFailure failure_of(const std::string& mode, bool listens = true) {
  Server server(fake_user_server(mode, kNotLong), short_one(), {});
  if (listens) await_its_socket(server);
  TrialFailure failure = failure_of(server);
  server.stop();
  return failure;
}

inline Fd listen_at(std::uint16_t port, int option = SO_REUSEADDR) {
  Fd fd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int on = 1;
  setsockopt(fd.get(), SOL_SOCKET, option, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool listens = bind(fd.get(), reinterpret_cast<sockaddr*>(&address),
                            sizeof address) == 0 &&
                       listen(fd.get(), 16) == 0;
  return listens ? std::move(fd) : Fd();
}

}  // namespace sockmark
