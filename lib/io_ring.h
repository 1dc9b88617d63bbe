// What every user of io_uring sets up: the ring, and the buffers that the
// kernel receives into.
#pragma once

#include <liburing.h>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace sockmark {

// Owns a ring of the calling thread, which has to be the one to use it.
class IoRing {
 public:
  // Throws Unavailable when the kernel refuses io_uring.
  explicit IoRing(unsigned entries);
  ~IoRing() { io_uring_queue_exit(&ring_); }
  IoRing(const IoRing&) = delete;
  IoRing& operator=(const IoRing&) = delete;

  io_uring* get() { return &ring_; }

  // A new entry to fill in. If there is no room, what there is goes to the
  // kernel first.
  io_uring_sqe* next_entry();

 private:
  io_uring ring_{};
};

// A provided-buffer ring: the kernel picks a buffer for what has arrived when
// it arrives, so that idle connections hold none.
class RingBuffers {
 public:
  static constexpr int kGroup = 0;

  // `ring` must outlive the buffers. `count` is a power of two. Throws
  // Unavailable.
  RingBuffers(IoRing& ring, unsigned count, std::size_t bytes);
  ~RingBuffers();
  RingBuffers(const RingBuffers&) = delete;
  RingBuffers& operator=(const RingBuffers&) = delete;

  // What a completion received; empty if it came without a buffer. Valid until
  // give_back().
  std::string_view take(const io_uring_cqe& completion);

  // All that were taken, to the kernel.
  void give_back();

 private:
  io_uring_buf_ring* buffers_ = nullptr;
  unsigned count_;
  std::size_t bytes_;
  std::vector<char> memory_;
  std::vector<std::uint16_t> taken_;
};

}  // namespace sockmark
