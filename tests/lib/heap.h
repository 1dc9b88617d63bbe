// How much memory of the heap is in use, for programs that bound it.
#pragma once

#include <cstddef>

namespace sockmark {

// What this thread has allocated with operator new, less what it has freed:
// only differences mean something. Counted by operators of our own, because
// AddressSanitizer's figures hold on to what has been freed.
std::ptrdiff_t heap_bytes();

}  // namespace sockmark
