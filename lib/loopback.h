// A client's end of a connection on this machine.
#pragma once

#include <cstdint>

#include "lib/fd.h"

namespace sockmark {

// A blocking connection to 127.0.0.1. Throws std::system_error.
Fd connect_to_loopback(std::uint16_t port);

}  // namespace sockmark
