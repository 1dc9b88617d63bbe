// A port for a server that cannot ask the kernel for one itself.
#pragma once

#include <cstdint>

namespace sockmark {

// One of 127.0.0.1 that nothing is bound to now. Another process may take it
// before the server does. Throws std::system_error if there is none.
std::uint16_t free_port();

}  // namespace sockmark
