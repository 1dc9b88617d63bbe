#include "lib/io_ring.h"

#include <sys/mman.h>

#include <algorithm>
#include <cerrno>
#include <new>
#include <string>
#include <system_error>

#include "lib/error.h"

namespace sockmark {
namespace {

void require(int result, const char* what) {
  if (result >= 0) return;
  throw Unavailable(std::string("io_uring is not available: ") + what + ": " +
                    std::generic_category().message(-result));
}

int set_up(io_uring& ring, unsigned entries, unsigned flags) {
  io_uring_params params{};
  params.flags = flags;
  return io_uring_queue_init_params(entries, &ring, &params);
}

}  // namespace

// Kernels before 6.1 do not know the flags that save work and interrupts.
IoRing::IoRing(unsigned entries) {
  int result = set_up(ring_, entries,
                      IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN);
  if (result == -EINVAL) result = set_up(ring_, entries, 0);
  require(result, "io_uring_setup");
  io_uring_register_ring_fd(&ring_);
}

io_uring_sqe* IoRing::next_entry() {
  io_uring_sqe* entry = io_uring_get_sqe(&ring_);
  if (entry == nullptr) {
    io_uring_submit(&ring_);
    entry = io_uring_get_sqe(&ring_);
  }
  if (entry == nullptr) throw std::runtime_error("io_uring takes no entries");
  return entry;
}

RingBuffers::RingBuffers(IoRing& ring, unsigned count, std::size_t bytes)
    : count_(count), bytes_(bytes), memory_(count * bytes) {
  void* const memory =
      mmap(nullptr, count * sizeof(io_uring_buf), PROT_READ | PROT_WRITE,
           MAP_ANONYMOUS | MAP_PRIVATE, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  buffers_ = static_cast<io_uring_buf_ring*>(memory);
  io_uring_buf_reg registration{};
  registration.ring_addr = reinterpret_cast<std::uintptr_t>(buffers_);
  registration.ring_entries = count;
  registration.bgid = kGroup;
  const int result = io_uring_register_buf_ring(ring.get(), &registration, 0);
  if (result < 0) munmap(memory, count * sizeof(io_uring_buf));
  require(result, "provided buffers");
  io_uring_buf_ring_init(buffers_);
  for (unsigned i = 0; i < count; ++i) {
    taken_.push_back(static_cast<std::uint16_t>(i));
  }
  give_back();
}

RingBuffers::~RingBuffers() { munmap(buffers_, count_ * sizeof(io_uring_buf)); }

std::string_view RingBuffers::take(const io_uring_cqe& completion) {
  if (!(completion.flags & IORING_CQE_F_BUFFER)) return {};
  const auto id =
      static_cast<std::uint16_t>(completion.flags >> IORING_CQE_BUFFER_SHIFT);
  taken_.push_back(id);
  return {&memory_[id * bytes_],
          static_cast<std::size_t>(std::max(completion.res, 0))};
}

void RingBuffers::give_back() {
  int given = 0;
  for (const std::uint16_t id : taken_) {
    io_uring_buf_ring_add(buffers_, &memory_[id * bytes_],
                          static_cast<unsigned>(bytes_), id,
                          io_uring_buf_ring_mask(count_), given++);
  }
  io_uring_buf_ring_advance(buffers_, given);
  taken_.clear();
}

}  // namespace sockmark
