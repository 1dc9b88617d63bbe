// One reply to a GET, as far as it has come. Pure.
//
// Of the harness's own: the load generator has its own parser, so that a
// mistake in one is no mistake in both.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sockmark {

struct HttpReply {
  enum class State {
    incomplete,
    complete,
    bad  // no HTTP/1.x, or framed in a way that HTTP has not got
  };
  State state = State::incomplete;
  std::string status_line;  // empty while it is not whole
  int status = 0;
  std::string body;         // without its coding
  bool stays_open = false;  // the connection, for the next request
  std::size_t size = 0;     // head, body and coding, of interim replies too
};

// The reply that `bytes` begin with; `ended` when the peer has closed, which
// ends a body whose length nothing tells. Interim replies (1xx) before it are
// skipped.
HttpReply parse_http_reply(std::string_view bytes, bool ended);

}  // namespace sockmark
