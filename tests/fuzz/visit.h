// A client that sends a server whatever it is given, over the loopback.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace sockmark {

// The same for the same seed, on every machine.
using Random = std::mt19937_64;

// From 0 to `end` - 1.
std::size_t below(std::size_t end, Random& random);

// In order, and nothing left out. At most eight: each takes its time.
std::vector<std::string_view> cut(std::string_view input, Random& random);

struct Visit {
  std::string replies;     // without any 100: that one depends on the cut
  bool was_reset = false;  // then there are none: the kernel may drop them
};

// Sends the pieces, each by itself, half-closes, and reads until the server
// closes. The server may reset whoever sends on after it has closed. Throws
// std::runtime_error when a step takes too long, or the server is not there.
Visit visit(std::uint16_t port, const std::vector<std::string_view>& pieces);

// What a Session by itself replies: so must every server that has the default
// options.
std::string replies_to(std::string_view input);

// What is wrong with the visit of a client that sent `input` in `pieces`;
// nothing is wrong when it is empty.
std::string fault_of(const Visit& visit, std::string_view input,
                     std::size_t pieces);

}  // namespace sockmark
