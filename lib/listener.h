// The listening socket of a server.
#pragma once

#include <atomic>
#include <optional>
#include <string>

#include "lib/fd.h"
#include "lib/options.h"

namespace sockmark {

enum class Blocking { no, yes };

// Safe to share between threads and, through fork, between processes.
class Listener {
 public:
  // Binds and listens, makes SIGTERM and SIGINT stop it (see stop.h), and
  // prints the readiness line, `listening 127.0.0.1:41231`. Connections come
  // out as blocking or nonblocking as the listener itself is. Throws
  // std::system_error that names the address.
  Listener(const Options& options, Blocking blocking);

  // The next connection. Nothing when the listener was stopped, or, if it is
  // nonblocking, when none is waiting: open() tells which.
  std::optional<Fd> accept();

  bool open() const { return open_; }
  int fd() const { return fd_.get(); }

  // In a forked child that has no use for the inherited copy.
  void close() { fd_.reset(); }

 private:
  Fd fd_;
  int accept_flags_;
  std::atomic<bool> open_ = true;
};

}  // namespace sockmark
