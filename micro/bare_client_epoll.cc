// The lower limit of a load generator on epoll: one recv and one send per
// request, and a wait for as many connections as are ready.
#include <sys/socket.h>

#include <vector>

#include "lib/epoll.h"
#include "micro/bare_client.h"

using namespace sockmark;

namespace {

class BareClient {
 public:
  explicit BareClient(const BareLoad& load) : load_(load) {
    for (int i = 0; i < load.connections; ++i) {
      Fd fd = connect_to_loopback(load.port);
      const auto number = static_cast<std::size_t>(fd.get());
      if (left_.size() <= number) left_.resize(number + 1);
      epoll_.add(fd.get(), EPOLLIN | EPOLLET);
      request(fd.get());
      sockets_.push_back(std::move(fd));
    }
  }

  std::uint64_t run() {
    const auto end = std::chrono::steady_clock::now() + load_.duration;
    while (std::chrono::steady_clock::now() < end) {
      for (const epoll_event& event : epoll_.wait()) receive(event.data.fd);
    }
    return answered_;
  }

 private:
  void request(int fd) {
    left_[static_cast<std::size_t>(fd)] = load_.reply_bytes;
    check(send(fd, kBareRequest.data(), kBareRequest.size(), MSG_NOSIGNAL),
          "send");
  }

  // What is still to come is a new edge.
  void receive(int fd) {
    const ssize_t size = recv(fd, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
    if (size < 0 && errno == EAGAIN) return;
    if (check(size, "recv") == 0) throw std::runtime_error("closed by server");
    std::size_t& left = left_[static_cast<std::size_t>(fd)];
    left -= static_cast<std::size_t>(size);
    if (left != 0) return;
    ++answered_;
    request(fd);
  }

  const BareLoad load_;
  Epoll epoll_;
  std::vector<Fd> sockets_;
  std::vector<std::size_t> left_;  // of the reply under way, by descriptor
  std::array<char, 16 * 1024> buffer_;
  std::uint64_t answered_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  return bare_client_main(
      argc, argv, [](const BareLoad& load) { return BareClient(load).run(); });
}
