// Drives a Session the way a server does, with memory in place of a socket.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "lib/session.h"

namespace sockmark {

inline constexpr std::size_t kWhole = std::string_view::npos;

// All that the session wants to send, taken `step` bytes at a time.
inline std::string take_output(Session& session, std::size_t step = kWhole) {
  std::string taken;
  while (session.want() == Want::write) {
    const std::string_view some = session.output().substr(0, step);
    taken += some;
    session.sent(some.size());
  }
  return taken;
}

// Feeds `bytes`, `step` at a time, for as long as the session wants any, and
// gives its replies.
inline std::string converse(Session& session, std::string_view bytes,
                            std::size_t step = kWhole) {
  std::string replies;
  while (!bytes.empty() && session.want() == Want::read) {
    // A copy of its own, so that ASan sees a session that keeps a view of it.
    const std::string some(bytes.substr(0, step));
    session.received(some);
    bytes.remove_prefix(some.size());
    replies += take_output(session);
  }
  return replies;
}

}  // namespace sockmark
