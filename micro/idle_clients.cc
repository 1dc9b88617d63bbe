// Holds connections open that say nothing: `idle_clients PORT COUNT`.
//
// Each has asked once and was answered, so that the server has accepted it and
// has made all that it keeps for it. Prints `held COUNT` when all are there,
// and ends when its stdin does.
#include <sys/resource.h>
#include <sys/socket.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string_view>
#include <vector>

#include "lib/error.h"
#include "lib/fd.h"
#include "lib/loopback.h"

using namespace sockmark;

static void raise_descriptor_limit() {
  rlimit limit{};
  check(getrlimit(RLIMIT_NOFILE, &limit), "getrlimit");
  limit.rlim_cur = limit.rlim_max;
  check(setrlimit(RLIMIT_NOFILE, &limit), "setrlimit");
}

static Fd answered_client(std::uint16_t port) {
  constexpr std::string_view kRequest = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  Fd client = connect_to_loopback(port);
  check(send(client.get(), kRequest.data(), kRequest.size(), MSG_NOSIGNAL),
        "send");
  std::array<char, 4096> reply;
  check(recv(client.get(), reply.data(), reply.size(), 0), "recv");
  return client;
}

int main(int argc, char** argv) {
  try {
    if (argc != 3) throw std::runtime_error("usage: idle_clients PORT COUNT");
    raise_descriptor_limit();
    const auto port = static_cast<std::uint16_t>(std::atoi(argv[1]));
    const int count = std::atoi(argv[2]);
    std::vector<Fd> clients;
    for (int i = 0; i < count; ++i) clients.push_back(answered_client(port));
    std::printf("held %d\n", count);
    std::fflush(stdout);
    while (std::getchar() != EOF) {
    }
    return 0;
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "idle_clients: %s\n", failure.what());
    return 1;
  }
}
