// What all connections of one server share: how to reply, built once.
#pragma once

#include <array>
#include <chrono>
#include <string>
#include <string_view>

#include "lib/options.h"
#include "lib/request.h"

namespace sockmark {

// Immutable after construction: threads and forked processes read it freely,
// and every reply is a view into it that lives as long as it does.
class Service {
 public:
  explicit Service(const Options& options);

  Protocol protocol() const { return protocol_; }

  // How long a connection may stay without a byte moving; 0: for ever.
  std::chrono::nanoseconds idle_timeout() const { return idle_timeout_; }

  // Whether the connection stays open after the reply to `request`.
  bool keeps_alive(const RequestHead& request) const {
    return keep_alive_ && request.keep_alive;
  }

  // Does the handler's work, in the caller's time, and gives the reply.
  std::string_view handle(const RequestHead& request) const;

  // The handler's work alone.
  void work() const;

  // A reply without a body that says why and closes: 400, 431, 501 or 505.
  static std::string_view rejection(int status);

  // The interim reply to `Expect: 100-continue`.
  static std::string_view go_on() { return "HTTP/1.1 100 Continue\r\n\r\n"; }

 private:
  struct Reply {
    std::string bytes;
    std::size_t head_bytes = 0;  // what a HEAD request gets
  };
  static Reply build_reply(std::string_view connection_header,
                           std::size_t body_bytes);

  Protocol protocol_;
  bool keep_alive_;
  Work work_;
  std::chrono::nanoseconds idle_timeout_;
  Reply persistent_;      // HTTP/1.1: nothing said of the connection
  Reply persistent_1_0_;  // HTTP/1.0 has to be told
  Reply closing_;
};

}  // namespace sockmark
