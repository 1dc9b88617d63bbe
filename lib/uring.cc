#include "lib/uring.h"

#include <sys/mman.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <new>
#include <string>
#include <system_error>
#include <utility>

#include "lib/error.h"

namespace sockmark {
namespace {

constexpr unsigned kEntries = 4096;
constexpr unsigned kBuffers = 512;  // a power of two
constexpr std::size_t kBufferBytes = 16 * 1024;
constexpr int kGroup = 0;

constexpr std::uint64_t user_data(Uring::Operation operation, int fd) {
  return (static_cast<std::uint64_t>(operation) << 32) |
         static_cast<std::uint32_t>(fd);
}

void require(int result, const char* what) {
  if (result >= 0) return;
  throw Unavailable(std::string("io_uring is not available: ") + what + ": " +
                    std::generic_category().message(-result));
}

int set_up(io_uring& ring, unsigned flags) {
  io_uring_params params{};
  params.flags = flags;
  return io_uring_queue_init_params(kEntries, &ring, &params);
}

}  // namespace

Uring::Uring() : buffers_(kBuffers * kBufferBytes) {
  set_up_ring();
  try {
    set_up_buffers();
  } catch (...) {
    io_uring_queue_exit(&ring_);
    throw;
  }
}

Uring::~Uring() {
  io_uring_queue_exit(&ring_);
  munmap(buffer_ring_, kBuffers * sizeof(io_uring_buf));
}

// Kernels before 6.1 do not know the flags that save work and interrupts.
void Uring::set_up_ring() {
  int result =
      set_up(ring_, IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN);
  if (result == -EINVAL) result = set_up(ring_, 0);
  require(result, "io_uring_setup");
  io_uring_register_ring_fd(&ring_);
}

void Uring::set_up_buffers() {
  void* const memory =
      mmap(nullptr, kBuffers * sizeof(io_uring_buf), PROT_READ | PROT_WRITE,
           MAP_ANONYMOUS | MAP_PRIVATE, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  buffer_ring_ = static_cast<io_uring_buf_ring*>(memory);
  io_uring_buf_reg registration{};
  registration.ring_addr = reinterpret_cast<std::uintptr_t>(buffer_ring_);
  registration.ring_entries = kBuffers;
  registration.bgid = kGroup;
  const int result = io_uring_register_buf_ring(&ring_, &registration, 0);
  if (result < 0) munmap(memory, kBuffers * sizeof(io_uring_buf));
  require(result, "provided buffers");
  io_uring_buf_ring_init(buffer_ring_);
  for (std::uint16_t i = 0; i < kBuffers; ++i) taken_.push_back(i);
  return_buffers();
}

void Uring::return_buffers() {
  int count = 0;
  for (const std::uint16_t id : taken_) {
    io_uring_buf_ring_add(buffer_ring_, &buffers_[id * kBufferBytes],
                          kBufferBytes, id, io_uring_buf_ring_mask(kBuffers),
                          count++);
  }
  io_uring_buf_ring_advance(buffer_ring_, count);
  taken_.clear();
}

io_uring_sqe* Uring::next_entry(Operation operation, int fd) {
  io_uring_sqe* entry = io_uring_get_sqe(&ring_);
  if (entry == nullptr) {  // full: hand over what there is
    io_uring_submit(&ring_);
    entry = io_uring_get_sqe(&ring_);
  }
  if (entry == nullptr) throw std::runtime_error("io_uring takes no entries");
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
  entry->buf_group = kGroup;
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
  return_buffers();
  completions_.clear();
  __kernel_timespec limit{};
  limit.tv_sec = limit_ms / 1000;
  limit.tv_nsec = limit_ms % 1000 * 1'000'000LL;
  io_uring_cqe* first = nullptr;
  const int result = io_uring_submit_and_wait_timeout(
      &ring_, &first, 1, limit_ms < 0 ? nullptr : &limit, nullptr);
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
  io_uring_for_each_cqe(&ring_, head, done) {
    ++count;
    Completion completion{
        .operation = static_cast<Operation>(done->user_data >> 32),
        .fd = static_cast<int>(done->user_data & 0xffffffff),
        .result = done->res,
        .more = (done->flags & IORING_CQE_F_MORE) != 0,
        .bytes = {}};
    if (done->flags & IORING_CQE_F_BUFFER) {
      const auto id =
          static_cast<std::uint16_t>(done->flags >> IORING_CQE_BUFFER_SHIFT);
      taken_.push_back(id);
      completion.bytes = {&buffers_[id * kBufferBytes],
                          static_cast<std::size_t>(std::max(done->res, 0))};
    }
    if (completion.operation != Operation::other) {
      completions_.push_back(completion);
    }
  }
  io_uring_cq_advance(&ring_, count);
}

}  // namespace sockmark
