// The lower limit of an epoll server: one recv and one send per request.
//
// It neither parses nor keeps state: whatever arrives is taken for one whole
// request. What a real server costs beyond this is what HTTP costs.
#include <sys/socket.h>

#include <array>

#include "lib/counters.h"
#include "lib/epoll.h"
#include "lib/listener.h"
#include "lib/server_main.h"
#include "lib/service.h"

using namespace sockmark;

static void run(const Options& options) {
  const Service service(options);
  const std::string_view reply = service.handle(RequestHead{});
  Listener listener(options, Blocking::no);
  Epoll epoll;
  epoll.add(listener.fd(), EPOLLIN);
  std::array<char, 16 * 1024> buffer;
  while (listener.open()) {
    for (const epoll_event& event : epoll.wait()) {
      const int fd = event.data.fd;
      if (fd == listener.fd()) {
        while (auto accepted = listener.accept()) {
          epoll.add(accepted->release(), EPOLLIN);
        }
      } else if (recv(fd, buffer.data(), buffer.size(), 0) > 0) {
        count_request();  // or nobody would believe its client
        send(fd, reply.data(), reply.size(), MSG_NOSIGNAL);
      } else {
        Fd(fd).reset();
      }
    }
  }
}

int main(int argc, char** argv) { return server_main(argc, argv, run); }
