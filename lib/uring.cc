#include "lib/uring.h"

#include <sys/socket.h>

#include <cerrno>
#include <string>
#include <utility>

#include "lib/error.h"

namespace sockmark {
namespace {

constexpr unsigned kEntries = 4096;
constexpr unsigned kBuffers = 512;  // a power of two
constexpr std::size_t kBufferBytes = 16 * 1024;

constexpr std::uint64_t user_data(Uring::Operation operation, int fd) {
  return (static_cast<std::uint64_t>(operation) << 32) |
         static_cast<std::uint32_t>(fd);
}

}  // namespace

Uring::Uring() : ring_(kEntries), buffers_(ring_, kBuffers, kBufferBytes) {}

io_uring_sqe* Uring::next_entry(Operation operation, int fd) {
  io_uring_sqe* const entry = ring_.next_entry();
  // The helpers of liburing leave user_data alone.
  entry->user_data = user_data(operation, fd);
  return entry;
}

void Uring::accept(int listening_fd) {
  io_uring_sqe* const entry = next_entry(Operation::accept, listening_fd);
  io_uring_prep_multishot_accept(entry, listening_fd, nullptr, nullptr,
                                 SOCK_CLOEXEC);
}

Uring::InFlight& Uring::in_flight(int fd) {
  const auto index = static_cast<std::size_t>(fd);
  if (index >= in_flight_.size()) in_flight_.resize(index + 1);
  return in_flight_[index];
}

bool Uring::is_busy(int fd) {
  return in_flight(fd).receiving || in_flight(fd).sending;
}

void Uring::note_end_of(const Completion& completion) {
  if (completion.operation == Operation::send) {
    in_flight(completion.fd).sending = false;
  } else if (completion.operation == Operation::receive) {
    in_flight(completion.fd).receiving = completion.more;
  }
}

void Uring::receive(int fd) {
  if (std::exchange(in_flight(fd).receiving, true)) return;
  io_uring_sqe* const entry = next_entry(Operation::receive, fd);
  io_uring_prep_recv_multishot(entry, fd, nullptr, 0, 0);
  entry->flags |= IOSQE_BUFFER_SELECT;
  entry->buf_group = RingBuffers::kGroup;
}

void Uring::stop_receiving(int fd) {
  io_uring_sqe* const entry = next_entry(Operation::other, fd);
  io_uring_prep_cancel64(entry, user_data(Operation::receive, fd), 0);
  entry->flags |= IOSQE_CQE_SKIP_SUCCESS;
}

void Uring::send(int fd, std::string_view bytes) {
  if (std::exchange(in_flight(fd).sending, true)) return;
  io_uring_sqe* const entry = next_entry(Operation::send, fd);
  io_uring_prep_send(entry, fd, bytes.data(), bytes.size(),
                     MSG_NOSIGNAL | MSG_WAITALL);
}

// At once: the kernel would leave it to a thread of its own, which looks up the
// descriptor when it gets there. By then it may be another connection's.
void Uring::shut_down(int fd) { ::shutdown(fd, SHUT_RDWR); }

void Uring::close(int fd) {
  io_uring_sqe* const entry = next_entry(Operation::other, fd);
  io_uring_prep_close(entry, fd);
  entry->flags |= IOSQE_CQE_SKIP_SUCCESS;
}

const std::vector<Uring::Completion>& Uring::wait(int limit_ms) {
  buffers_.give_back();
  completions_.clear();
  __kernel_timespec limit{};
  limit.tv_sec = limit_ms / 1000;
  limit.tv_nsec = limit_ms % 1000 * 1'000'000LL;
  io_uring_cqe* first = nullptr;
  const int result = io_uring_submit_and_wait_timeout(
      ring_.get(), &first, 1, limit_ms < 0 ? nullptr : &limit, nullptr);
  if (result < 0 && result != -ETIME && result != -EINTR && result != -EBUSY) {
    throw_errno("io_uring_enter", -result);
  }
  collect();
  return completions_;
}

void Uring::collect() {
  unsigned head = 0;
  unsigned count = 0;
  const io_uring_cqe* done = nullptr;
  io_uring_for_each_cqe(ring_.get(), head, done) {
    ++count;
    Completion completion{
        .operation = static_cast<Operation>(done->user_data >> 32),
        .fd = static_cast<int>(done->user_data & 0xffffffff),
        .result = done->res,
        .more = (done->flags & IORING_CQE_F_MORE) != 0,
        .bytes = buffers_.take(*done)};
    if (completion.operation != Operation::other) {
      completions_.push_back(completion);
    }
  }
  io_uring_cq_advance(ring_.get(), count);
}

}  // namespace sockmark
