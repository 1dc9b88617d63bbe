// A blocking client on the loopback whose every step has a deadline.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "lib/fd.h"
#include "tests/servers/patience.h"

namespace sockmark {

// Throws std::runtime_error when a step fails or takes too long. One thread
// may send while another receives.
class Client {
 public:
  explicit Client(std::uint16_t port, int receive_buffer_bytes = 0);

  void send(std::string_view bytes);
  // Sends what the peer takes: it may close, or reset, in between.
  void send_what_is_taken(std::string_view bytes);
  // Each byte in a packet of its own.
  void send_byte_by_byte(std::string_view bytes);

  // So many bytes, or fewer if the peer closes before.
  std::string receive(std::size_t bytes);
  // All that comes until the peer closes. A reset is a failure.
  std::string receive_to_end();
  // All that comes until the peer closes or resets.
  std::string receive_what_is_left();
  // Whether anything comes, or the peer closes, within `limit`.
  bool hears_within(std::chrono::milliseconds limit) const;

  std::string ask(std::string_view request, std::size_t reply_bytes);

  void half_close();
  void reset();
  void close() { fd_.reset(); }

 private:
  // False when the peer has closed or reset the connection.
  bool try_send(std::string_view bytes);
  struct Received {
    std::string bytes;
    bool reset = false;
  };
  Received receive_until_reset(std::size_t bytes);
  bool wait_for(short event, std::chrono::milliseconds limit) const;

  Fd fd_;
};

}  // namespace sockmark
