// The limit on open descriptors.
#pragma once

#include <cstddef>

namespace sockmark {

// Raises this process's limit, and so its children's, to what `connections`
// and `others` (our own: epoll sets, pipes) take beside the usual few. Throws
// std::runtime_error, with the remedy, if the hard limit is below.
void require_descriptors(std::size_t connections, std::size_t others);

// How many connections require_descriptors() can make room for.
std::size_t affordable_connections();

}  // namespace sockmark
