// Operations on sockets in a ring's table that liburing 2.3 has no helpers for;
// by the kernel's own numbers (include/uapi/linux/io_uring.h).
#pragma once

#include <netinet/in.h>

#include "lib/io_ring.h"

namespace sockmark {

// Whether the kernel can do all of these: since Linux 6.11.
bool can_set_up_sockets(IoRing& ring);

// Each is a link of a chain: what follows waits for it, and is cancelled if it
// fails. They complete in silence unless they do.

// A blocking TCP socket, at `index` of the table.
void prepare_socket(io_uring_sqe* entry, int family, int index);
void prepare_no_delay(io_uring_sqe* entry, int index);
// The port is chosen by the connect: see ip(7), IP_BIND_ADDRESS_NO_PORT.
void prepare_bind_address_no_port(io_uring_sqe* entry, int index);
// `address` must stay until the entry is submitted.
void prepare_bind(io_uring_sqe* entry, int index, const sockaddr_in& address);

}  // namespace sockmark
