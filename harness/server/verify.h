// One reply, checked before any load: never measure a server that answers
// wrongly.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace sockmark {

// What is asked for, in the form in which the load will ask, and what is right.
struct ExpectedReply {
  std::string path = "/";
  bool keep_alive = true;  // false: the request says "Connection: close"
  int status = 200;
  std::optional<std::size_t> body_bytes = {};
  std::optional<std::string> body = {};
  bool must_stay_open = false;  // the connection, where keep_alive asks for it
};

struct ReplyCheck {
  enum class Outcome {
    right,
    refused,    // nothing takes connections on this port
    no_answer,  // the connection was taken, and no byte came in time
    wrong
  };
  Outcome outcome = Outcome::wrong;
  std::string fault = {};         // what is wrong; empty if nothing is
  std::uint64_t reply_bytes = 0;  // head, body and coding
};

// Asks 127.0.0.1:`port` once, on a connection of its own. `gives_up` is asked
// now and then whether waiting has become pointless.
ReplyCheck check_reply(std::uint16_t port, const ExpectedReply& expected,
                       std::chrono::nanoseconds timeout,
                       const std::function<bool()>& gives_up);

// What is wrong with the bytes of a whole reply, or nothing. Pure.
std::string fault_in(const std::string& bytes, bool ended,
                     const ExpectedReply& expected);

}  // namespace sockmark
