// How servers move bytes between a socket and its Session.
#pragma once

#include "lib/fd.h"
#include "lib/session.h"

namespace sockmark {

// The whole connection, on a blocking socket.
void serve(const Fd& connection, const Service& service);

// At most one read, and the replies to it as far as the socket takes them.
// For level-triggered loops: what is left unread makes the socket ready again.
Want advance(int fd, Session& session);

// Reads and replies until the socket would block, for edge-triggered loops:
// they are told only once.
Want drain(int fd, Session& session);

}  // namespace sockmark
