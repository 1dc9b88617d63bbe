// The listening socket of a server.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <vector>

#include "lib/fd.h"
#include "lib/options.h"

namespace sockmark {

enum class Blocking { no, yes };

// Safe to share between threads and, through fork, between processes.
class Listener {
 public:
  // Binds and listens, makes SIGTERM and SIGINT stop it (see stop.h), and
  // prints the readiness line, `listening 127.0.0.1:41231`. `blocking` is for
  // accept() and for the connections, unless these are said to differ. Throws
  // std::system_error that names the address.
  Listener(const Options& options, Blocking blocking);
  Listener(const Options& options, Blocking blocking, Blocking connections);
  ~Listener();

  // `count` listeners on one port (SO_REUSEPORT): the kernel deals connections
  // out to them by a hash of their addresses. One readiness line for all.
  static std::vector<std::unique_ptr<Listener>> share_port(
      const Options& options, Blocking blocking, int count);

  // The next connection. Nothing when the listener was stopped, or, if it is
  // nonblocking, when none is waiting: open() tells which. When there are no
  // descriptors left, clients are turned away instead of left hanging.
  std::optional<Fd> accept();

  // For a kernel that accepts by itself: what its accept gave, a descriptor or
  // a negative errno. Never waits.
  std::optional<Fd> take(int result);

  // From now on accept() throws when a signal interrupts it, as servers did
  // that did not know better.
  void fail_on_signal() { fails_on_signal_ = true; }

  // Ends it as a signal would, in all threads and processes that share it.
  void stop();

  bool open() const { return open_; }
  int fd() const { return fd_.get(); }

  // This process's copy: for a forked child that has no use for it.
  void close();

 private:
  enum class Port { own, shared };
  Listener(const Options& options, Blocking blocking, Blocking connections,
           Port port);

  // What to do about a failed accept(): whether to try again.
  bool recover(int error);
  std::optional<Fd> accept_with_spare();
  Fd accept_once();  // none: see errno

  Fd fd_;
  Blocking blocking_;
  int accept_flags_;
  bool fails_on_signal_ = false;
  std::atomic<bool> open_ = true;
  std::atomic<int> spare_;  // a descriptor to give up when there is no other
};

}  // namespace sockmark
