#include "lib/connections.h"

#include <sys/ioctl.h>
#include <sys/socket.h>

#include <algorithm>
#include <utility>

#include "lib/clock.h"

namespace sockmark {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

// To some milliseconds, and so cheap that every turn of a loop may ask.
nanoseconds coarse_now() { return read_clock(CLOCK_MONOTONIC_COARSE); }

// A request that waits for a busy loop does not make its client idle.
bool has_unread_input(int fd) {
  int bytes = 0;
  return ioctl(fd, FIONREAD, &bytes) == 0 && bytes > 0;
}

}  // namespace

Connection& Connections::add(Fd connection) {
  const auto index = static_cast<std::size_t>(connection.get());
  if (index >= by_fd_.size()) by_fd_.resize(index + 1);
  by_fd_[index] = std::make_unique<Connection>(std::move(connection), service_);
  ++size_;
  return *by_fd_[index];
}

void Connections::remove(int fd) {
  by_fd_[static_cast<std::size_t>(fd)].reset();
  --size_;
}

int Connections::cut_idle() {
  const nanoseconds timeout = service_.idle_timeout();
  if (empty() || timeout.count() == 0) return -1;
  const nanoseconds now = coarse_now();
  if (now >= next_sweep_) {
    for (const auto& connection : by_fd_) {
      if (connection && !connection->lent) cut_if_idle(*connection, now);
    }
    next_sweep_ = now + std::max<nanoseconds>(timeout / 4, milliseconds(1));
  }
  const auto left = std::chrono::ceil<milliseconds>(next_sweep_ - now);
  return static_cast<int>(std::min<milliseconds::rep>(left.count(), 60'000));
}

void Connections::cut_if_idle(Connection& connection, nanoseconds now) const {
  const std::uint64_t progress = connection.session.progress() + 1;
  if (progress != connection.seen_progress) {
    connection.seen_progress = progress;
    connection.idle_since = now;
    return;
  }
  if (now - connection.idle_since < service_.idle_timeout()) return;
  const int fd = connection.fd.get();
  const bool waits_for_input = connection.session.want() == Want::read;
  if (waits_for_input && has_unread_input(fd)) return;
  shutdown(fd, SHUT_RDWR);
}

}  // namespace sockmark
