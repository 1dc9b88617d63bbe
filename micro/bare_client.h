// What the bare clients share: all but their loop.
//
// A bare client is the lower limit of a load generator: it sends a request,
// counts the bytes of the reply and sends the next. It neither parses nor keeps
// statistics. What loadgen costs beyond it is what measuring costs.
#pragma once

#include <sys/socket.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string_view>

#include "lib/error.h"
#include "lib/exit_status.h"
#include "lib/loopback.h"

namespace sockmark {

inline constexpr std::string_view kBareRequest =
    "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

struct BareLoad {
  std::uint16_t port = 0;
  int connections = 0;
  std::chrono::seconds duration{0};
  std::size_t reply_bytes = 0;  // of each reply, its head included
};

// For replies that arrive in one piece, as all small ones do.
inline std::size_t learn_reply_bytes(std::uint16_t port) {
  const Fd fd = connect_to_loopback(port);
  check(send(fd.get(), kBareRequest.data(), kBareRequest.size(), MSG_NOSIGNAL),
        "send");
  std::array<char, 16 * 1024> reply;
  const ssize_t size =
      check(recv(fd.get(), reply.data(), reply.size(), 0), "recv");
  if (size == 0) throw std::runtime_error("the server closes connections");
  return static_cast<std::size_t>(size);
}

// `name PORT CONNECTIONS SECONDS`. `run` returns the requests that were
// answered, which are printed.
inline int bare_client_main(int argc, char** argv,
                            std::uint64_t (*run)(const BareLoad&)) {
  try {
    if (argc != 4) {
      std::fprintf(stderr, "usage: %s PORT CONNECTIONS SECONDS\n", argv[0]);
      return kExitUsage;
    }
    BareLoad load{.port = static_cast<std::uint16_t>(std::atoi(argv[1])),
                  .connections = std::atoi(argv[2]),
                  .duration = std::chrono::seconds(std::atoi(argv[3]))};
    load.reply_bytes = learn_reply_bytes(load.port);
    std::printf("%llu requests\n", static_cast<unsigned long long>(run(load)));
    return kExitOk;
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "%s: %s\n", argv[0], failure.what());
    return kExitFailed;
  }
}

}  // namespace sockmark
