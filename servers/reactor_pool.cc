// Reactor with a pool: one loop does all input and output, workers the work.
//
// Half-sync/half-async: a handler that computes or waits holds up a worker and
// not the loop. The price is two hand-overs for each request, there and back.
#include <string>

#include "lib/connections.h"
#include "lib/epoll.h"
#include "lib/listener.h"
#include "lib/pipe.h"
#include "lib/queue.h"
#include "lib/serve.h"
#include "lib/server_main.h"
#include "lib/workers.h"

using namespace sockmark;

namespace {

// What came in on a connection that the loop has lent to a worker.
struct Job {
  Connection* connection;
  std::string bytes;
};

class Loop {
 public:
  Loop(Listener& listener, const Service& service, Queue<Job>& jobs, Pipe& done)
      : listener_(listener), connections_(service), jobs_(jobs), done_(done) {
    epoll_.add(listener_.fd(), EPOLLIN);
    epoll_.add(done_.fd(), EPOLLIN);
  }

  void run() {
    while (listener_.open() || !connections_.empty()) {
      for (const epoll_event& event : epoll_.wait(connections_.cut_idle())) {
        const int fd = event.data.fd;
        if (fd == listener_.fd()) {
          accept();
        } else if (fd == done_.fd()) {
          for (const int served : done_.receive()) {
            connections_[served].lent = false;
            send_replies(connections_[served]);
          }
        } else {
          serve(connections_[fd]);
        }
      }
    }
  }

 private:
  void accept() {
    while (auto accepted = listener_.accept()) {
      epoll_.add(accepted->get(), EPOLLIN | EPOLLONESHOT);
      connections_.add(std::move(*accepted));
    }
    if (!listener_.open()) epoll_.remove(listener_.fd());
  }

  void serve(Connection& connection) {
    if (connection.session.want() == Want::read) {
      const Input input = receive(connection.fd.get());
      if (input.kind == Input::Kind::bytes) {
        connection.lent = true;
        jobs_.push({&connection, std::string(input.bytes)});
        return;
      }
      feed(connection.session, input);
    }
    send_replies(connection);
  }

  void send_replies(Connection& connection) {
    const int fd = connection.fd.get();
    const Want want = flush(fd, connection.session);
    if (want == Want::close) {
      connections_.remove(fd);
    } else {
      epoll_.modify(fd, events_for(want) | EPOLLONESHOT);
    }
  }

  Listener& listener_;
  Epoll epoll_;
  Connections connections_;
  Queue<Job>& jobs_;
  Pipe& done_;
};

void run(const Options& options) {
  const Service service(options);
  Listener listener(options, Blocking::no);
  Queue<Job> jobs(1 << 16);
  Pipe done;
  const auto workers = start_threads(options.workers, [&](int) {
    while (auto job = jobs.pop()) {
      const int fd = job->connection->fd.get();
      job->connection->session.received(job->bytes);
      done.send(fd);
    }
  });
  Loop(listener, service, jobs, done).run();
  jobs.close();
}

}  // namespace

int main(int argc, char** argv) { return server_main(argc, argv, run); }
