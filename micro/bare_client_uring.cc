// The lower limit of a load generator on io_uring: one system call for all the
// sends of a turn and the wait for the next. Receiving goes on by itself, into
// buffers that the kernel picks; a send is silent unless it fails.
#include <sys/socket.h>

#include <bit>
#include <vector>

#include "lib/io_ring.h"
#include "micro/bare_client.h"

using namespace sockmark;

namespace {

constexpr unsigned kEntries = 4096;
constexpr std::size_t kBufferBytes = 4096;
constexpr std::uint64_t kSending = std::uint64_t{1} << 32;  // in user_data

void require(int result, const char* what) {
  if (result < 0) throw_errno(what, -result);
}

class BareClient {
 public:
  explicit BareClient(const BareLoad& load)
      : load_(load),
        ring_(kEntries),
        buffers_(ring_,
                 std::bit_ceil(2 * static_cast<unsigned>(load.connections)),
                 kBufferBytes),
        left_(static_cast<std::size_t>(load.connections)) {
    std::vector<int> numbers;
    for (int i = 0; i < load.connections; ++i) {
      sockets_.push_back(connect_to_loopback(load.port));
      numbers.push_back(sockets_.back().get());
    }
    require(io_uring_register_files(ring_.get(), numbers.data(),
                                    static_cast<unsigned>(numbers.size())),
            "io_uring_register_files");
    for (int i = 0; i < load.connections; ++i) {
      receive(i);
      request(i);
    }
  }

  std::uint64_t run() {
    const auto end = std::chrono::steady_clock::now() + load_.duration;
    while (std::chrono::steady_clock::now() < end) {
      buffers_.give_back();
      require(io_uring_submit_and_wait(ring_.get(), 1), "io_uring_enter");
      unsigned head = 0;
      unsigned count = 0;
      const io_uring_cqe* done = nullptr;
      io_uring_for_each_cqe(ring_.get(), head, done) {
        ++count;
        complete(*done);
      }
      io_uring_cq_advance(ring_.get(), count);
    }
    return answered_;
  }

 private:
  void receive(int index) {
    io_uring_sqe* const entry = ring_.next_entry();
    io_uring_prep_recv_multishot(entry, index, nullptr, 0, 0);
    entry->flags |= IOSQE_FIXED_FILE | IOSQE_BUFFER_SELECT;
    entry->buf_group = RingBuffers::kGroup;
    entry->ioprio |= IORING_RECVSEND_POLL_FIRST;
    entry->user_data = static_cast<std::uint32_t>(index);
  }

  void request(int index) {
    left_[static_cast<std::size_t>(index)] = load_.reply_bytes;
    io_uring_sqe* const entry = ring_.next_entry();
    io_uring_prep_send(entry, index, kBareRequest.data(), kBareRequest.size(),
                       MSG_NOSIGNAL | MSG_WAITALL);
    entry->flags |= IOSQE_FIXED_FILE | IOSQE_CQE_SKIP_SUCCESS;
    entry->user_data = kSending | static_cast<std::uint32_t>(index);
  }

  void complete(const io_uring_cqe& done) {
    if (done.user_data & kSending) require(done.res, "send");
    const int index = static_cast<int>(done.user_data);
    const std::size_t bytes = buffers_.take(done).size();
    if (done.res != -ENOBUFS) require(done.res, "recv");
    if (done.res == 0) throw std::runtime_error("closed by server");
    if (!(done.flags & IORING_CQE_F_MORE)) receive(index);
    std::size_t& left = left_[static_cast<std::size_t>(index)];
    left -= bytes;
    if (bytes == 0 || left != 0) return;
    ++answered_;
    request(index);
  }

  const BareLoad load_;
  std::vector<Fd> sockets_;
  IoRing ring_;
  RingBuffers buffers_;
  std::vector<std::size_t> left_;  // of the reply under way, by connection
  std::uint64_t answered_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  return bare_client_main(
      argc, argv, [](const BareLoad& load) { return BareClient(load).run(); });
}
