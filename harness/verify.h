// One reply, checked before any load: never measure a server that answers
// wrongly.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace sockmark {

struct ExpectedReply {
  int status = 200;
  std::size_t body_bytes = 13;
};

// Asks 127.0.0.1:`port` for "/" on a connection of its own. Returns an empty
// string if the reply is right, and else what is wrong with it.
std::string verify_reply(std::uint16_t port, const ExpectedReply& expected,
                         std::chrono::nanoseconds timeout);

}  // namespace sockmark
