// Addresses to connect from.
//
// From one address to one port there are as many connections as ephemeral
// ports, about 28,000. On the loopback each address of 127.0.0.0/8 is our own,
// so that many of them in turn make that limit one of memory.
#pragma once

#include <netinet/in.h>

#include <cstdint>

#include "loadgen/target.h"

namespace sockmark {

// Not shared between threads: give each another `first`.
class Sources {
 public:
  // How many addresses there are before the first comes again.
  static constexpr unsigned kCount = 254 * 2;

  // There are none unless `target` is in 127.0.0.0/8. `first` is where in
  // their fixed order to begin.
  explicit Sources(const Address& target, unsigned first = 0);

  bool any() const { return any_; }

  // 127.0.c.d, neither .0 nor .255; port 0. Only if there are any.
  sockaddr_in next();

  // Binds the socket to the next address and leaves the port to connect(),
  // which alone knows that a port is still free for another peer. Does nothing
  // if there are none. Throws std::system_error.
  void bind_next(int fd);

 private:
  bool any_;
  unsigned next_;
};

}  // namespace sockmark
