// The descriptors that a fresh fork goes on with.
#pragma once

#include <array>

namespace sockmark {

// Closes all but these, of which none is 0, 1 or 2; those become /dev/null. -1
// stands for none. Only system calls.
void keep_only(std::array<int, 4> kept);

}  // namespace sockmark
