#include "harness/server/free_port.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include "lib/error.h"
#include "lib/fd.h"

namespace sockmark {

std::uint16_t free_port() {
  const Fd fd(check(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof address;
  check(bind(fd.get(), generic, size), "bind to a free port");
  check(getsockname(fd.get(), generic, &size), "getsockname");
  return ntohs(address.sin_port);
}

}  // namespace sockmark
