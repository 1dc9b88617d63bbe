#include "tests/loadgen/scripted_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <utility>

#include "lib/error.h"

namespace sockmark {
namespace {

// A socket bound to a port of the kernel's choice, and that port.
std::pair<Fd, std::uint16_t> bind_somewhere() {
  Fd fd(check(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  check(bind(fd.get(), generic, size), "bind");
  check(getsockname(fd.get(), generic, &size), "getsockname");
  return {std::move(fd), ntohs(address.sin_port)};
}

}  // namespace

std::string Peer::address() const {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  check(getpeername(fd_.get(), reinterpret_cast<sockaddr*>(&address), &size),
        "getpeername");
  char text[INET_ADDRSTRLEN];
  return inet_ntop(AF_INET, &address.sin_addr, text, sizeof text);
}

bool Peer::read_request() {
  constexpr std::string_view kEnd = "\r\n\r\n";
  std::size_t end;
  while ((end = unread_.find(kEnd)) == std::string::npos) {
    char buffer[4096];
    const ssize_t size = recv(fd_.get(), buffer, sizeof buffer, 0);
    if (size <= 0) return false;
    unread_.append(buffer, static_cast<std::size_t>(size));
  }
  unread_.erase(0, end + kEnd.size());
  return true;
}

void Peer::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent =
        ::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0) return;  // the client has left
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void Peer::echo() {
  char buffer[4096];
  for (;;) {
    const ssize_t size = recv(fd_.get(), buffer, sizeof buffer, 0);
    if (size <= 0) return;
    send({buffer, static_cast<std::size_t>(size)});
  }
}

void Peer::hang() {
  char buffer[4096];
  while (recv(fd_.get(), buffer, sizeof buffer, 0) > 0) {
  }
}

void Peer::reset() {
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  check(setsockopt(fd_.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once),
        "SO_LINGER");
  fd_.reset();
}

ScriptedServer::ScriptedServer(Script script) : script_(std::move(script)) {
  std::tie(listener_, port_) = bind_somewhere();
  check(listen(listener_.get(), 128), "listen");
  accepting_ = std::jthread([this] { accept_all(); });
}

ScriptedServer::~ScriptedServer() { stop_accepting(); }

// On Linux this ends listen() and wakes accept().
void ScriptedServer::stop_accepting() { shutdown(listener_.get(), SHUT_RDWR); }

void ScriptedServer::accept_all() {
  for (;;) {
    const int fd = accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) return;
    const int on = 1;
    check(setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on),
          "TCP_NODELAY");
    peers_.emplace_back([this, fd] {
      Peer peer{Fd(fd)};
      script_(peer);
    });
  }
}

std::uint16_t closed_port() {
  static std::vector<Fd> kept;
  auto [fd, port] = bind_somewhere();
  kept.push_back(std::move(fd));
  return port;
}

ScriptedServer::Script answers(const std::string& reply) {
  return [reply](Peer& peer) {
    while (peer.read_request()) peer.send(reply);
  };
}

ScriptedServer::Script answers_once(const std::string& reply) {
  return [reply](Peer& peer) {
    if (peer.read_request()) peer.send(reply);
  };
}

}  // namespace sockmark
