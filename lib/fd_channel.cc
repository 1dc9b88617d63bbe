#include "lib/fd_channel.h"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "lib/error.h"

namespace sockmark {
namespace {

// One byte, as empty messages are none, and room for one descriptor beside it.
struct Message {
  Message() {
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    header.msg_control = control.data();
    header.msg_controllen = control.size();
  }

  char byte = 0;
  iovec part{.iov_base = &byte, .iov_len = 1};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
  msghdr header{};
};

}  // namespace

FdChannel::FdChannel() {
  std::array<int, 2> ends{};
  check(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()),
        "socketpair");
  sender_ = Fd(ends[0]);
  receiver_ = Fd(ends[1]);
}

bool FdChannel::send(const Fd& fd) {
  Message message;
  cmsghdr* const rights = CMSG_FIRSTHDR(&message.header);
  rights->cmsg_level = SOL_SOCKET;
  rights->cmsg_type = SCM_RIGHTS;
  rights->cmsg_len = CMSG_LEN(sizeof(int));
  const int number = fd.get();
  std::memcpy(CMSG_DATA(rights), &number, sizeof number);
  while (sendmsg(sender_.get(), &message.header, MSG_NOSIGNAL) < 0) {
    if (errno == ETOOMANYREFS) return false;
    if (errno != EINTR) throw_errno("cannot pass a descriptor");
  }
  return true;
}

std::optional<Fd> FdChannel::receive() {
  Message message;
  ssize_t received = 0;
  do {
    received = recvmsg(receiver_.get(), &message.header, MSG_CMSG_CLOEXEC);
  } while (received < 0 && errno == EINTR);
  if (check(received, "cannot receive a descriptor") == 0) return std::nullopt;
  const cmsghdr* const rights = CMSG_FIRSTHDR(&message.header);
  if (rights == nullptr) return Fd();  // none left for it in this process
  int number = -1;
  std::memcpy(&number, CMSG_DATA(rights), sizeof number);
  return Fd(number);
}

}  // namespace sockmark
