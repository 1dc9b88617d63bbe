#include "loadgen/burst_client.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "lib/error.h"
#include "loadgen/answer.h"
#include "loadgen/crowd.h"

namespace sockmark {
namespace {

// The other end is closed, also by the end of its process.
bool is_closed(int pipe, int limit_ms) {
  pollfd end{.fd = pipe, .events = POLLIN, .revents = 0};
  return poll(&end, 1, limit_ms) > 0;
}

// How the connection stands, without taking anything from it.
void count_state(int fd, BurstCount& count) {
  int waiting_bytes = 0;
  check(ioctl(fd, FIONREAD, &waiting_bytes), "FIONREAD");
  if (waiting_bytes > 0) ++count.answered;
  pollfd state{.fd = fd, .events = POLLRDHUP, .revents = 0};
  check(poll(&state, 1, 0), "poll");
  if (state.revents & (POLLERR | POLLHUP)) {
    ++count.reset;
  } else if (state.revents & POLLRDHUP) {
    ++count.closed_by_server;
  }
}

// The descriptors of those that stand; a request has been sent on each.
std::vector<int> open_all(const BurstSpec& spec, Crowd& crowd, int hold,
                          BurstCount& count) {
  const std::string request = request_to(spec.target);
  std::vector<int> open;
  const auto take = [&](const std::optional<Crowd::Event>& event) {
    if (!event || event->kind != Crowd::Event::Kind::established) return;
    const int fd = crowd.fd(event->who);
    open.push_back(fd);
    const ssize_t sent = send(fd, request.data(), request.size(), MSG_NOSIGNAL);
    if (sent == static_cast<ssize_t>(request.size())) ++count.requests_sent;
  };
  const Nanoseconds deadline = monotonic_now() + spec.timeout.count();
  bool ended = false;
  while (crowd.opening() && monotonic_now() < deadline && !ended) {
    const auto event = crowd.next(deadline);
    take(event);
    ended = !event && is_closed(hold, 0);
  }
  crowd.stop_opening();
  while (open.size() < crowd.so_far().open) take(crowd.next(deadline));
  count.connects = crowd.so_far().connects;
  if (!ended) count.connects.timed_out += count.connects.unfinished();
  return open;
}

}  // namespace

void run_burst_client(const BurstSpec& spec, const Address& address,
                      std::size_t number, BurstSignals signals,
                      BurstRecord& record,
                      std::span<Nanoseconds> connect_times_ns) {
  Crowd crowd(address, {.connections = spec.connections,
                        .timeout = spec.timeout,
                        .first_source =
                            static_cast<unsigned>(number * spec.connections)});
  const std::vector<int> open =
      open_all(spec, crowd, signals.hold, record.count);
  std::ranges::copy(crowd.so_far().connect_times, connect_times_ns.begin());
  record.last_established_at = crowd.so_far().last_established_at;
  check(write(signals.up, "", 1), "cannot tell that the connections stand");

  while (!is_closed(signals.hold, -1)) {  // a signal wakes it, too
  }
  for (const int fd : open) count_state(fd, record.count);
  record.complete = true;
}

}  // namespace sockmark
