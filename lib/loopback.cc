#include "lib/loopback.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include "lib/error.h"

namespace sockmark {

Fd connect_to_loopback(std::uint16_t port) {
  Fd fd(check(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  check(connect(fd.get(), reinterpret_cast<const sockaddr*>(&address),
                sizeof address),
        "connect");
  return fd;
}

}  // namespace sockmark
