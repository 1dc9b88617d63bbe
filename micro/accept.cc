// What a server pays to accept a connection and to close it.
//
// The clients connect before the clock runs, so neither their work nor the
// handshake counts.
#include <netinet/in.h>
#include <sys/socket.h>

#include <vector>

#include "lib/error.h"
#include "lib/fd.h"
#include "micro/or_skip.h"

using namespace sockmark;

namespace {

constexpr int kConnections = 64;  // for each stop of the clock

const sockaddr* generic(const sockaddr_in& address) {
  return reinterpret_cast<const sockaddr*>(&address);
}

Fd tcp_socket() {
  return Fd(check(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
}

// Fills `address` with where it listens.
Fd listen_on_loopback(sockaddr_in& address) {
  address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  Fd listener = tcp_socket();
  check(bind(listener.get(), generic(address), sizeof address), "bind");
  check(listen(listener.get(), kConnections), "listen");
  socklen_t size = sizeof address;
  check(
      getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &size),
      "getsockname");
  return listener;
}

// Closing this end resets the connection. Otherwise the server's end, which
// closes first, would keep its port in TIME_WAIT until there are none left.
Fd connect_to(const sockaddr_in& address) {
  Fd client = tcp_socket();
  const linger reset{.l_onoff = 1, .l_linger = 0};
  check(setsockopt(client.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset),
        "SO_LINGER");
  check(connect(client.get(), generic(address), sizeof address), "connect");
  return client;
}

void accept_close(benchmark::State& state) {
  sockaddr_in address;
  const Fd listener = listen_on_loopback(address);
  std::vector<Fd> clients(kConnections);
  while (state.KeepRunningBatch(kConnections)) {
    state.PauseTiming();
    for (Fd& client : clients) client = connect_to(address);
    state.ResumeTiming();
    for (int i = 0; i < kConnections; ++i) {
      Fd(check(accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC),
               "accept4"))
          .reset();
    }
  }
}

}  // namespace

BENCHMARK(or_skip<accept_close>)->Name("accept_close");
BENCHMARK_MAIN();
