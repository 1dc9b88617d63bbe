// io_uring as servers use it: multishot accept and receive, sends, closes.
#pragma once

#include <liburing.h>

#include <cstdint>
#include <string_view>
#include <vector>

#include "lib/io_ring.h"

namespace sockmark {

// One thread at a time. Operations are only noted; they go to the kernel all
// together when wait() is called, in one system call with the wait itself.
class Uring {
 public:
  enum class Operation : std::uint32_t { accept, receive, send, other };

  // An operation that the kernel has finished, or one more result of it.
  struct Completion {
    Operation operation;
    int fd;                  // that it was asked for
    int result;              // a negative errno, or as of the system call
    bool more;               // multishot: it goes on by itself
    std::string_view bytes;  // received; valid until the next wait()
  };

  // Throws Unavailable when the kernel refuses io_uring or is too old for it.
  Uring();

  // Multishot: one completion per connection.
  void accept(int listening_fd);
  // Multishot: one completion per arrival, into buffers the kernel picks.
  // Nothing is done if it is receiving already.
  void receive(int fd);
  void stop_receiving(int fd);
  // All of `bytes`, which have to stay until it is completed. Nothing is done
  // if it is sending already.
  void send(int fd, std::string_view bytes);
  // Whether the kernel is still receiving or sending: not to be closed yet.
  bool is_busy(int fd);
  bool is_sending(int fd) { return in_flight(fd).sending; }
  // At once, unlike the others.
  void shut_down(int fd);
  // No completion of its own.
  void close(int fd);

  // Waits for completions, `limit_ms` at most if that is not -1, and has each
  // handled. There are none then, and after a signal.
  template <typename Handler>
  void run_once(int limit_ms, const Handler& handle) {
    for (const Completion& completion : wait(limit_ms)) {
      note_end_of(completion);
      handle(completion);
    }
  }

 private:
  struct InFlight {
    bool receiving = false;
    bool sending = false;
  };

  const std::vector<Completion>& wait(int limit_ms);
  void note_end_of(const Completion& completion);
  InFlight& in_flight(int fd);
  io_uring_sqe* next_entry(Operation operation, int fd);
  void collect();

  IoRing ring_;
  RingBuffers buffers_;
  std::vector<Completion> completions_;
  std::vector<InFlight> in_flight_;  // by descriptor
};

}  // namespace sockmark
