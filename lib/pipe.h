// A pipe that carries small numbers between threads.
#pragma once

#include <array>
#include <span>

#include "lib/fd.h"

namespace sockmark {

// Can be waited for with epoll, which a queue cannot. Any number of senders,
// one receiver. Numbers are not torn: writes of up to PIPE_BUF bytes are
// atomic.
class Pipe {
 public:
  Pipe();

  // Waits for room.
  void send(int number);
  // Nothing more will be sent.
  void close() { write_end_.reset(); }

  // What is ready to be read when fd() is: nothing at the end. Valid until the
  // next call.
  std::span<const int> receive();
  int fd() const { return read_end_.get(); }

 private:
  Fd read_end_;
  Fd write_end_;
  std::array<int, 256> received_;
};

}  // namespace sockmark
