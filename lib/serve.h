// How servers move bytes between a socket and its Session.
#pragma once

#include <string_view>

#include "lib/fd.h"
#include "lib/session.h"

namespace sockmark {

// What recv(2) found. `bytes` lie in a buffer of the thread and are valid until
// its next call.
struct Input {
  enum class Kind { bytes, end, broken, would_block };
  Kind kind;
  std::string_view bytes;
};
Input receive(int fd);

// Tells the session what was received. Nothing when that would block.
void feed(Session& session, const Input& input);

// The whole connection, on a blocking socket.
void serve(const Fd& connection, const Service& service);

// At most one read, and the replies to it as far as the socket takes them.
// For level-triggered loops: what is left unread makes the socket ready again.
Want advance(int fd, Session& session);

// Sends what the session has to send, as far as the socket takes it.
Want flush(int fd, Session& session);

// Reads and replies until the socket would block, for edge-triggered loops:
// they are told only once.
Want drain(int fd, Session& session);

}  // namespace sockmark
