// Who listens on a port. Load that reaches a stranger, or that the kernel
// shares out between a server and a stranger (SO_REUSEPORT), measures nothing.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sockmark {

struct ListeningSocket {
  std::string address;  // as inet_ntop(3) writes it
  std::uint16_t port = 0;
  std::uint64_t inode = 0;  // what processes that hold it know it by

  bool operator==(const ListeningSocket&) const = default;

  // Whether a connection to 127.0.0.1 may get here.
  bool takes_loopback() const;
  std::string describe() const;  // "127.0.0.1:80", "[::1]:80"
};

// The sockets in state LISTEN of /proc/net/tcp or tcp6, whose text this is;
// lines that are none are skipped. Reads no further than the first connection:
// the kernel lists them last, and after a load there are 100,000 of them.
std::vector<ListeningSocket> read_listening_sockets(std::istream& table);

// "socket:[123]" as /proc/PID/fd has it. Pure.
std::optional<std::uint64_t> socket_inode(std::string_view link);

// All that listen in our network namespace, by IPv4 and IPv6.
std::vector<ListeningSocket> listening_sockets();

// Those of `sockets` that may take a connection to 127.0.0.1:`port`.
std::vector<ListeningSocket> at_port(
    const std::vector<ListeningSocket>& sockets, std::uint16_t port);

// Of the sockets that a process holds; empty if it has ended or if we may not
// know.
std::set<std::uint64_t> socket_inodes_of(pid_t pid);

// "process 1234 (nginx)".
std::string describe_process(pid_t pid);

// The same for who holds this socket, as far as we may know.
std::string describe_owner(std::uint64_t inode);

// Who listens on `port` beside the processes in `own`: "process 1234 (nginx)",
// or empty. A socket that one of `own` holds is theirs, whoever else has it.
std::string foreign_listener(std::uint16_t port, const std::vector<pid_t>& own);

}  // namespace sockmark
