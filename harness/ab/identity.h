// Whether both sides have the same server, so that what differs is noise.
#pragma once

#include "harness/server/server_spec.h"

namespace sockmark {

// Whether it is the same program on both sides, as far as its command says:
// two copies of one binary with the same arguments and environment, where files
// among the arguments count by what is in them; or the very same command in the
// same folder. A script, or the same interpreter with a script of each side, is
// never called identical: it may load more than it names. What a binary loads
// beside itself is not looked at.
bool is_identical(const ServerSpec& base, const ServerSpec& head);

}  // namespace sockmark
