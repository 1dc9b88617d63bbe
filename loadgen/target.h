// What the load goes to.
#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "lib/options.h"

namespace sockmark {

struct Target {
  Protocol protocol = Protocol::http;
  std::string host;
  std::uint16_t port = 80;
  std::string path = "/";  // of http only

  // As in a Host header: an IPv6 address in brackets, no default port.
  std::string authority() const;
  // What parse_target() reads as this target again.
  std::string url() const;
};

// "http://host[:port][/path]" or "echo://host:port", host a name, an IPv4 or a
// bracketed IPv6 address. Throws std::invalid_argument.
Target parse_target(std::string_view url);

struct Address {
  sockaddr_storage storage{};
  socklen_t size = 0;

  const sockaddr* get() const {
    return reinterpret_cast<const sockaddr*>(&storage);
  }
};

// Throws std::runtime_error if the name has no address.
Address resolve(const Target& target);

// Throws std::runtime_error, with the remedy, if nothing accepts connections
// at `address` within `timeout_ms`.
void require_reachable(const Target& target, const Address& address,
                       int timeout_ms);

}  // namespace sockmark
