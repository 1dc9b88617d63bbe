#include "loadgen/target.h"

#include <fmt/format.h>
#include <netdb.h>
#include <poll.h>

#include <charconv>
#include <cstring>
#include <stdexcept>

#include "lib/error.h"
#include "lib/fd.h"

namespace sockmark {
namespace {

[[noreturn]] void refuse(std::string_view url, std::string_view why) {
  throw std::invalid_argument(fmt::format(
      "bad target '{}': {}; expected http://host:port/path", url, why));
}

std::uint16_t parse_port(std::string_view url, std::string_view text) {
  std::uint16_t port = 0;
  const char* const end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, port);
  if (result.ec != std::errc() || result.ptr != end || port == 0) {
    refuse(url, "the port is not a number from 1 to 65535");
  }
  return port;
}

}  // namespace

std::string Target::authority() const {
  const bool is_ipv6 = host.find(':') != std::string::npos;
  const std::string name = is_ipv6 ? fmt::format("[{}]", host) : host;
  return port == 80 ? name : fmt::format("{}:{}", name, port);
}

Target parse_target(std::string_view url) {
  static constexpr std::string_view kScheme = "http://";
  if (!url.starts_with(kScheme)) refuse(url, "it does not start with http://");
  for (const char c : url) {
    if (c == ' ') refuse(url, "it has a blank in it");
    if (c < ' ' || c == 0x7f) {
      refuse(url, "it has a character that must be percent-encoded");
    }
  }
  const std::string_view rest = url.substr(kScheme.size());
  const std::size_t path_start =
      std::min(rest.find_first_of("/?#"), rest.size());
  std::string_view place = rest.substr(0, path_start);
  Target target;
  const std::string_view path = rest.substr(path_start);
  const std::string_view sent = path.substr(0, path.find('#'));
  target.path = fmt::format("{}{}", sent.starts_with('/') ? "" : "/", sent);
  if (place.starts_with('[')) {
    const auto bracket = place.find(']');
    if (bracket == std::string_view::npos) refuse(url, "']' is missing");
    target.host = place.substr(1, bracket - 1);
    place.remove_prefix(bracket + 1);
  } else {
    const std::size_t colon = std::min(place.find(':'), place.size());
    target.host = place.substr(0, colon);
    place.remove_prefix(colon);
  }
  if (target.host.empty()) refuse(url, "the host is missing");
  if (target.host.find_first_of("[]") != std::string::npos) {
    refuse(url, "only an IPv6 address is in brackets");
  }
  if (!place.empty()) {
    if (place.front() != ':') refuse(url, "']' ends the host");
    target.port = parse_port(url, place.substr(1));
  }
  return target;
}

Address resolve(const Target& target) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int error = getaddrinfo(
      target.host.c_str(), std::to_string(target.port).c_str(), &hints, &found);
  if (error != 0) {
    throw std::runtime_error(fmt::format("cannot resolve '{}': {}", target.host,
                                         gai_strerror(error)));
  }
  Address address;
  std::memcpy(&address.storage, found->ai_addr, found->ai_addrlen);
  address.size = found->ai_addrlen;
  freeaddrinfo(found);
  return address;
}

void require_reachable(const Target& target, const Address& address,
                       int timeout_ms) {
  const Fd fd(check(socket(address.storage.ss_family,
                           SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0),
                    "cannot create a socket"));
  int error = 0;
  if (connect(fd.get(), address.get(), address.size) != 0) error = errno;
  if (error == EINPROGRESS) {
    pollfd connecting{.fd = fd.get(), .events = POLLOUT, .revents = 0};
    error = ETIMEDOUT;
    if (poll(&connecting, 1, timeout_ms) > 0) {
      socklen_t size = sizeof error;
      check(getsockopt(fd.get(), SOL_SOCKET, SO_ERROR, &error, &size),
            "getsockopt");
    }
  }
  if (error == 0) return;
  throw std::runtime_error(
      fmt::format("cannot connect to {}:{}: {}; is the server running there?",
                  target.host, target.port, std::strerror(error)));
}

}  // namespace sockmark
