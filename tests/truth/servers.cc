#include "tests/truth/servers.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <list>
#include <memory>
#include <numeric>
#include <optional>
#include <utility>

#include "lib/bound_socket.h"
#include "lib/error.h"

namespace sockmark {
namespace {

using std::chrono::nanoseconds;
using std::chrono::steady_clock;

// Longer than a timer is late on an idle core.
constexpr std::chrono::microseconds kSpun(200);

Fd listening_socket(int flags) {
  Fd fd = bound_socket({}, SOCK_CLOEXEC | flags, false);
  check(listen(fd.get(), SOMAXCONN), "listen");
  return fd;
}

}  // namespace

const std::string kReply = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

void wait_precisely(nanoseconds duration) {
  const auto end = steady_clock::now() + duration;
  std::this_thread::sleep_until(end - kSpun);
  while (steady_clock::now() < end) {
  }
}

void ServiceTimes::add(nanoseconds time) {
  const std::scoped_lock lock(mutex_);
  times_.push_back(time);
}

nanoseconds ServiceTimes::median() const {
  const std::scoped_lock lock(mutex_);
  std::vector<nanoseconds> sorted = times_;
  const auto middle =
      sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  return sorted.at(sorted.size() / 2);
}

nanoseconds ServiceTimes::mean() const {
  const std::scoped_lock lock(mutex_);
  const nanoseconds sum =
      std::accumulate(times_.begin(), times_.end(), nanoseconds(0));
  return sum / static_cast<nanoseconds::rep>(times_.size());
}

ScriptedServer::Script answers_after(
    std::function<nanoseconds(std::uint64_t)> wait, ServiceTimes& times) {
  const auto requests = std::make_shared<std::atomic<std::uint64_t>>(0);
  return [wait = std::move(wait), &times, requests](Peer& peer) {
    while (peer.read_request()) {
      const auto start = steady_clock::now();
      wait_precisely(wait((*requests)++));
      peer.send(kReply);
      times.add(steady_clock::now() - start);
    }
  };
}

ScriptedServer::Script fails_every_tenth(Fault fault, FaultLog& log) {
  return [fault = std::move(fault), &log](Peer& peer) {
    while (peer.read_request()) {
      if (++log.requests % 10 != 0) {
        peer.send(kReply);
        continue;
      }
      ++log.faults;
      if (!fault(peer)) return;
    }
  };
}

struct PunctualServer::Client {
  Fd fd;
  std::string unread = {};
  // Of the request that waits for its reply.
  std::optional<steady_clock::time_point> came_at = {};
};

PunctualServer::PunctualServer(nanoseconds time, ServiceTimes& times)
    : time_(time), times_(times), listener_(listening_socket(SOCK_NONBLOCK)) {
  serving_ = std::jthread([this](const std::stop_token& stop) { serve(stop); });
}

std::uint16_t PunctualServer::port() const { return port_of(listener_.get()); }

void PunctualServer::serve(const std::stop_token& stop) {
  std::list<Client> clients;
  while (!stop.stop_requested()) {
    Fd fd(accept4(listener_.get(), nullptr, nullptr,
                  SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (fd) clients.push_back({.fd = std::move(fd)});
    clients.remove_if([this](Client& client) { return !attend_to(client); });
  }
}

bool PunctualServer::attend_to(Client& client) {
  const auto now = steady_clock::now();
  if (client.came_at) {
    if (now - *client.came_at < time_) return true;
    send(client.fd.get(), kReply.data(), kReply.size(), MSG_NOSIGNAL);
    times_.add(steady_clock::now() - *client.came_at);
    client.came_at.reset();
    return true;
  }
  char buffer[4096];
  const ssize_t size = recv(client.fd.get(), buffer, sizeof buffer, 0);
  if (size < 0) return errno == EAGAIN;
  client.unread.append(buffer, static_cast<std::size_t>(size));
  if (client.unread.ends_with("\r\n\r\n")) {
    client.came_at = now;
    client.unread.clear();
  }
  return size > 0;
}

LateAccepter::LateAccepter(nanoseconds delay)
    : delay_(delay), listener_(listening_socket(0)) {
  serving_ = std::jthread([this] { serve(); });
}

// On Linux this wakes poll() and ends accept().
LateAccepter::~LateAccepter() { shutdown(listener_.get(), SHUT_RDWR); }

std::uint16_t LateAccepter::port() const { return port_of(listener_.get()); }

void LateAccepter::serve() const {
  for (;;) {
    pollfd waiting{.fd = listener_.get(), .events = POLLIN, .revents = 0};
    check(poll(&waiting, 1, -1), "poll");
    wait_precisely(delay_);
    Fd fd(accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!fd) return;
    Peer peer(std::move(fd));
    if (peer.read_request()) peer.send(kReply);
  }
}

}  // namespace sockmark
