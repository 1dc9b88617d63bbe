#include "lib/serve.h"

#include <sys/socket.h>

#include <array>
#include <cerrno>

namespace sockmark {
namespace {

constexpr std::size_t kReadBytes = 16 * 1024;
thread_local std::array<char, kReadBytes> buffer;  // of receive_some()

// Both return false when the call would block. A broken connection is the
// peer's ordinary doing: the session learns of it and wants to be closed.
bool receive_some(int fd, Session& session) {
  const Input input = receive(fd);
  feed(session, input);
  return input.kind != Input::Kind::would_block;
}

bool send_some(int fd, Session& session) {
  const std::string_view bytes = session.output();
  ssize_t sent = 0;
  do {
    sent = send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  if (sent >= 0) {
    session.sent(static_cast<std::size_t>(sent));
  } else if (errno == EAGAIN) {
    return false;
  } else {
    session.abort();
  }
  return true;
}

// Ends the sending side and throws away what the peer has already sent, or
// close() would answer with a reset, which can overtake the last reply.
void discard_input(int fd) {
  constexpr std::size_t kMostBytes = 1 << 20;
  shutdown(fd, SHUT_WR);
  for (std::size_t discarded = 0; discarded < kMostBytes;
       discarded += buffer.size()) {
    // MSG_TRUNC: TCP drops the bytes without copying them. The buffer is there
    // for TSan, which takes a null pointer for memory that all threads write.
    const int flags = MSG_TRUNC | MSG_DONTWAIT;
    if (recv(fd, buffer.data(), buffer.size(), flags) <= 0) return;
  }
}

Want want_of(int fd, const Session& session) {
  const Want want = session.want();
  if (want == Want::close && session.leaves_input()) discard_input(fd);
  return want;
}

}  // namespace

Input receive(int fd) {
  ssize_t received = 0;
  do {
    received = recv(fd, buffer.data(), buffer.size(), 0);
  } while (received < 0 && errno == EINTR);
  if (received > 0) {
    return {Input::Kind::bytes,
            {buffer.data(), static_cast<std::size_t>(received)}};
  }
  if (received == 0) return {Input::Kind::end, {}};
  if (errno == EAGAIN) return {Input::Kind::would_block, {}};
  return {Input::Kind::broken, {}};
}

void feed(Session& session, const Input& input) {
  switch (input.kind) {
    case Input::Kind::bytes:
      return session.received(input.bytes);
    case Input::Kind::end:
      return session.end_of_input();
    case Input::Kind::broken:
      return session.abort();
    case Input::Kind::would_block:
      return;
  }
}

Want advance(int fd, Session& session) {
  if (session.want() == Want::read) receive_some(fd, session);
  return flush(fd, session);
}

Want flush(int fd, Session& session) {
  while (session.want() == Want::write && send_some(fd, session)) {
  }
  return want_of(fd, session);
}

Want drain(int fd, Session& session) {
  bool would_block = false;
  while (!would_block && session.want() != Want::close) {
    would_block = session.want() == Want::read ? !receive_some(fd, session)
                                               : !send_some(fd, session);
  }
  return want_of(fd, session);
}

void serve(const Fd& connection, const Service& service) {
  Session session(service);
  drain(connection.get(), session);
}

}  // namespace sockmark
