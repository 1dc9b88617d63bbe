// A bounded queue between threads without a lock.
#pragma once

#include <atomic>
#include <bit>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "lib/bell.h"

namespace sockmark {

// Dmitry Vyukov's bounded queue for any number of producers and consumers:
// https://www.1024cores.net/home/lock-free-algorithms/queues/
// bounded-mpmc-queue. Each cell has a turn that says whose it is: the
// producer's of position p at 2p, the consumer's at 2p + 1, and a producer's
// again one lap later. Threads that find it full or empty sleep.
template <typename T>
class Ring {  // NOLINT(clang-analyzer-optin.performance.Padding)
 public:
  // `capacity` is rounded up to a power of two.
  explicit Ring(std::size_t capacity)
      : cells_(std::bit_ceil(capacity)), mask_(cells_.size() - 1) {
    for (std::size_t i = 0; i < cells_.size(); ++i) cells_[i].turn = 2 * i;
  }

  // Waits for room.
  void push(T item) {
    drained_.wait_until([&] { return try_push(item); });
    filled_.ring();
  }

  // Waits for an item. Nothing when the ring is closed and empty.
  std::optional<T> pop() {
    std::optional<T> item;
    filled_.wait_until([&] { return (item = try_pop()) || closed_; });
    if (!item) item = try_pop();  // pushed just before it was closed
    if (item) drained_.ring();
    return item;
  }

  // Nothing will be pushed any more.
  void close() {
    closed_ = true;
    filled_.ring_for_all();
  }

 private:
  // What different threads write lies on cache lines of its own.
  static constexpr std::size_t kCacheLine = 64;

  struct alignas(kCacheLine) Cell {
    std::atomic<std::size_t> turn;
    std::optional<T> item;
  };

  // Moves `next` on when it is its cell's turn. Nothing if it is not.
  Cell* claim(std::atomic<std::size_t>& next, std::size_t ahead,
              std::size_t& position) {
    position = next.load();
    for (;;) {
      Cell& cell = cells_[position & mask_];
      const std::size_t turn = cell.turn.load();
      if (turn == 2 * position + ahead) {
        if (next.compare_exchange_weak(position, position + 1)) return &cell;
      } else if (turn < 2 * position + ahead) {
        return nullptr;  // still the other side's
      } else {
        position = next.load();  // another thread was faster
      }
    }
  }

  // Takes `item` only when there is room.
  bool try_push(T& item) {
    std::size_t position = 0;
    Cell* const cell = claim(next_push_, 0, position);
    if (cell == nullptr) return false;
    cell->item = std::move(item);
    cell->turn = 2 * position + 1;
    return true;
  }

  std::optional<T> try_pop() {
    std::size_t position = 0;
    Cell* const cell = claim(next_pop_, 1, position);
    if (cell == nullptr) return std::nullopt;
    std::optional<T> item = std::exchange(cell->item, std::nullopt);
    cell->turn = 2 * (position + cells_.size());
    return item;
  }

  std::vector<Cell> cells_;
  const std::size_t mask_;
  alignas(kCacheLine) std::atomic<std::size_t> next_push_ = 0;
  alignas(kCacheLine) std::atomic<std::size_t> next_pop_ = 0;
  alignas(kCacheLine) Bell filled_;
  alignas(kCacheLine) Bell drained_;
  std::atomic<bool> closed_ = false;
};

}  // namespace sockmark
