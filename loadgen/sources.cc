#include "loadgen/sources.h"

#include <sys/socket.h>

#include "lib/error.h"

namespace sockmark {
namespace {

bool is_loopback(const Address& address) {
  if (address.storage.ss_family != AF_INET) return false;
  const auto* const in = reinterpret_cast<const sockaddr_in*>(address.get());
  return ntohl(in->sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
}

}  // namespace

Sources::Sources(const Address& target, unsigned first)
    : any_(is_loopback(target)), next_(first % kCount) {}

sockaddr_in Sources::next() {
  constexpr std::uint32_t kPerNet = 254;
  constexpr std::uint32_t kNets = 0x7f000100;  // 127.0.1.0 and what follows
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr =
      htonl(kNets + (next_ / kPerNet << 8) + next_ % kPerNet + 1);
  next_ = (next_ + 1) % kCount;
  return address;
}

void Sources::bind_next(int fd) {
  if (!any_) return;
  const int on = 1;
  check(setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on),
        "IP_BIND_ADDRESS_NO_PORT");
  const sockaddr_in address = next();
  check(bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address),
        "cannot bind to a loopback address");
}

}  // namespace sockmark
