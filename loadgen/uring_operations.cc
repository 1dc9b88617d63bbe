#include "loadgen/uring_operations.h"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cstdint>
#include <cstdlib>
#include <memory>

namespace sockmark {
namespace {

constexpr int kBind = 56;                      // IORING_OP_BIND
constexpr std::uint32_t kSetSocketOption = 3;  // SOCKET_URING_OP_SETSOCKOPT

const int kOn = 1;

void make_link(io_uring_sqe* entry) {
  entry->flags |= IOSQE_IO_LINK | IOSQE_CQE_SKIP_SUCCESS;
}

// The fields are liburing's names for what the kernel calls level, optname,
// optlen and optval.
void prepare_option(io_uring_sqe* entry, int index, int level, int option) {
  io_uring_prep_rw(IORING_OP_URING_CMD, entry, index, nullptr, 0,
                   kSetSocketOption);
  entry->addr = static_cast<std::uint64_t>(option) << 32 |
                static_cast<std::uint32_t>(level);
  entry->file_index = sizeof kOn;
  entry->addr3 = reinterpret_cast<std::uintptr_t>(&kOn);
  make_link(entry);
  entry->flags |= IOSQE_FIXED_FILE;
}

}  // namespace

bool can_set_up_sockets(IoRing& ring) {
  const std::unique_ptr<io_uring_probe, void (*)(io_uring_probe*)> probe(
      io_uring_get_probe_ring(ring.get()), io_uring_free_probe);
  return probe && io_uring_opcode_supported(probe.get(), kBind) != 0;
}

void prepare_socket(io_uring_sqe* entry, int family, int index) {
  io_uring_prep_socket_direct(entry, family, SOCK_STREAM, IPPROTO_TCP,
                              static_cast<unsigned>(index), 0);
  make_link(entry);
}

void prepare_no_delay(io_uring_sqe* entry, int index) {
  prepare_option(entry, index, IPPROTO_TCP, TCP_NODELAY);
}

void prepare_bind_address_no_port(io_uring_sqe* entry, int index) {
  prepare_option(entry, index, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT);
}

void prepare_bind(io_uring_sqe* entry, int index, const sockaddr_in& address) {
  io_uring_prep_rw(kBind, entry, index, &address, 0, sizeof address);
  make_link(entry);
  entry->flags |= IOSQE_FIXED_FILE;
}

}  // namespace sockmark
