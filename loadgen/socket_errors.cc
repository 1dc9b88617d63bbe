#include "loadgen/socket_errors.h"

#include <sys/socket.h>

#include <cerrno>

#include "lib/error.h"

namespace sockmark {

bool is_without_ports(int error) { return error == EADDRNOTAVAIL; }

bool is_without_descriptors(int error) {
  return error == EMFILE || error == ENFILE;
}

bool is_local(int error) {
  return is_without_ports(error) || is_without_descriptors(error) ||
         error == ENOBUFS || error == ENOMEM;
}

int pending_error(int fd) {
  int error = 0;
  socklen_t size = sizeof error;
  check(getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size), "getsockopt");
  return error;
}

}  // namespace sockmark
