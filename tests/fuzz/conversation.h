// A Session and a peer that sends it an input in one way or another, with
// memory in place of a socket.
#pragma once

#include <string>
#include <string_view>

#include "lib/service.h"
#include "tests/fuzz/pieces.h"

namespace sockmark {

struct Way {
  std::string_view name;
  Sizes received;  // how the input arrives
  Sizes sent;      // how much of its output the session gets rid of at a time
  // Feeds the whole input, and its end, while there is still output to send. A
  // session's driver need not, but may.
  bool reads_ahead = false;
};

struct Heard {
  std::string replies;
  bool closed = false;  // by the session, before the input ended
};

// Aborts the program, and says why, if the session breaks a promise on the way:
// it wants to send nothing, joins more than it may, hoards memory, or does not
// come to an end.
Heard converse(const Service& service, std::string_view input, const Way& way);

// The peer goes away without having read anything.
void leave_unread(const Service& service, std::string_view input);

}  // namespace sockmark
