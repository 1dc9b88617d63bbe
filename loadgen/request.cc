#include "loadgen/request.h"

namespace sockmark {
namespace {

// Neighbours all differ: bytes that are lost, doubled or swapped show.
std::string echo_message(std::size_t bytes) {
  std::string message;
  for (std::size_t i = 0; i < bytes; ++i) {
    message += static_cast<char>('!' + i % 94);
  }
  return message;
}

}  // namespace

std::string build_request(const LoadSpec& spec) {
  if (spec.target.protocol == Protocol::echo) {
    return echo_message(spec.message_bytes);
  }
  std::string request = "GET " + spec.target.path +
                        " HTTP/1.1\r\nHost: " + spec.target.authority() +
                        "\r\n";
  if (spec.close) request += "Connection: close\r\n";
  return request + "\r\n";
}

}  // namespace sockmark
