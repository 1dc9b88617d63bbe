// The socket of a listener, before it listens.
#pragma once

#include <cstdint>
#include <string>

#include "lib/fd.h"
#include "lib/options.h"

namespace sockmark {

// Bound to the address of `options`, with all that accepted connections inherit
// from it. `flags` are those of socket(2); `shared` is SO_REUSEPORT. Throws
// std::system_error that names the address.
Fd bound_socket(const Options& options, int flags, bool shared);

std::uint16_t port_of(int fd);

// `listening 127.0.0.1:41231`, in one write, so that a reader never sees half
// of it.
void print_readiness_line(int fd, const std::string& host);

}  // namespace sockmark
