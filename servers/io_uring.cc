// io_uring: one thread tells the kernel what to do, and learns what was done.
//
// No readiness and no call per operation: accepting and receiving are asked for
// once and go on by themselves, into buffers that the kernel picks, and under
// load all sends of a turn go out with the one call that waits for the next.
#include "lib/connections.h"
#include "lib/listener.h"
#include "lib/server_main.h"
#include "lib/uring.h"

using namespace sockmark;

namespace {

class Loop {
 public:
  Loop(Listener& listener, const Service& service)
      : listener_(listener), connections_(service) {}

  void run() {
    uring_.accept(listener_.fd());
    while (listener_.open() || !connections_.empty()) {
      uring_.run_once(connections_.cut_idle(),
                      [this](const Uring::Completion& done) { handle(done); });
    }
  }

 private:
  void handle(const Uring::Completion& done) {
    if (done.operation == Uring::Operation::accept) return accepted(done);
    Session& session = connections_[done.fd].session;
    if (done.operation == Uring::Operation::receive) {
      received(done, session);
    } else if (done.result >= 0) {
      session.sent(static_cast<std::size_t>(done.result));
    } else {
      session.abort();
    }
    advance(done.fd);
  }

  void accepted(const Uring::Completion& done) {
    if (auto connection = listener_.take(done.result)) {
      const int fd = connection->get();
      connections_.add(std::move(*connection));
      uring_.receive(fd);
    }
    if (!done.more && listener_.open()) uring_.accept(listener_.fd());
  }

  void received(const Uring::Completion& done, Session& session) {
    if (done.result > 0) {
      session.received(done.bytes);
      // A client that sends more before it has its reply has to wait.
      if (uring_.is_sending(done.fd) && !session.leaves_input()) {
        uring_.stop_receiving(done.fd);
      }
    } else if (done.result == 0) {
      session.end_of_input();
    } else if (done.result != -ENOBUFS && done.result != -ECANCELED) {
      session.abort();
    }
  }

  void advance(int fd) {
    Connection& connection = connections_[fd];
    switch (connection.session.want()) {
      case Want::read:
        return uring_.receive(fd);
      case Want::write:
        return uring_.send(fd, connection.session.output());
      case Want::close:
        if (uring_.is_busy(fd)) return uring_.shut_down(fd);
        uring_.close(connection.fd.release());
        connections_.remove(fd);
    }
  }

  Listener& listener_;
  Connections connections_;
  Uring uring_;
};

void run(const Options& options) {
  const Service service(options);
  Listener listener(options, Blocking::yes);
  Loop(listener, service).run();
}

}  // namespace

int main(int argc, char** argv) { return server_main(argc, argv, run); }
