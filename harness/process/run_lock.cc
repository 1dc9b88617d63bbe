#include "harness/process/run_lock.h"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include "lib/error.h"

namespace sockmark {
namespace {

struct Address {
  sockaddr_un name{};
  socklen_t size = 0;

  const sockaddr* get() const {
    return reinterpret_cast<const sockaddr*>(&name);
  }
};

// An abstract name begins with a zero byte.
Address lock_address() {
  const char* const other = std::getenv("SOCKMARK_LOCK");
  std::string name = other == nullptr ? "sockmark-measuring" : other;
  Address address;
  name.resize(std::min(name.size(), sizeof address.name.sun_path - 1));
  address.name.sun_family = AF_UNIX;
  std::copy(name.begin(), name.end(), address.name.sun_path + 1);
  address.size =
      static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
  return address;
}

Fd unix_socket() {
  return Fd(
      check(socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0),
            "unix socket"));
}

// "process 1234", as the kernel knows who listens there.
std::string holder_of(const Address& address) {
  const Fd asking = unix_socket();
  ucred holder{};
  socklen_t size = sizeof holder;
  if (connect(asking.get(), address.get(), address.size) != 0 ||
      getsockopt(asking.get(), SOL_SOCKET, SO_PEERCRED, &holder, &size) != 0) {
    return "process unknown";
  }
  return fmt::format("process {}", holder.pid);
}

}  // namespace

RunLock::RunLock() : socket_(unix_socket()) {
  const Address address = lock_address();
  if (bind(socket_.get(), address.get(), address.size) != 0) {
    if (errno != EADDRINUSE) throw_errno("cannot take the lock for measuring");
    throw std::runtime_error(fmt::format(
        "another sockmark is measuring ({}): wait until it ends, or stop it; "
        "two at a time would measure each other",
        holder_of(address)));
  }
  check(listen(socket_.get(), SOMAXCONN), "listen on the lock");
}

}  // namespace sockmark
