#include "lib/pipe.h"

#include <fcntl.h>

#include <cerrno>

#include "lib/error.h"

namespace sockmark {

Pipe::Pipe() {
  std::array<int, 2> ends{};
  check(pipe2(ends.data(), O_CLOEXEC), "pipe2");
  read_end_ = Fd(ends[0]);
  write_end_ = Fd(ends[1]);
}

void Pipe::send(int number) {
  while (write(write_end_.get(), &number, sizeof number) < 0) {
    if (errno != EINTR) throw_errno("cannot write to a pipe");
  }
}

std::span<const int> Pipe::receive() {
  ssize_t bytes = 0;
  do {
    bytes = read(read_end_.get(), received_.data(), sizeof received_);
  } while (bytes < 0 && errno == EINTR);
  check(bytes, "cannot read from a pipe");
  return std::span(received_).first(static_cast<std::size_t>(bytes) /
                                    sizeof(int));
}

}  // namespace sockmark
