#include "loadgen/client_socket.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace sockmark {

Fd open_client_socket(const Address& address, int type, Sources& sources,
                      bool no_delay) {
  Fd fd(socket(address.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | type,
               IPPROTO_TCP));
  if (!fd) return fd;
  if (no_delay) {
    const int on = 1;
    setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }
  if (sources.any()) sources.bind_next(fd.get());
  return fd;
}

}  // namespace sockmark
