// How many connections a server has accepted and how many requests it has
// answered, for whoever maps the file that it counts into: `--counters FILE`.
//
// A connection is counted when accept() has given it, before anything else is
// done with it, so even if it is then turned away for want of means. Not
// counted is one that waits in the backlog.
//
// A request is counted when its final reply is ready, whatever the status,
// before the first byte of it is sent: who has read a reply finds it counted.
// Interim replies (100) are not counted, nor is an echo, which has no requests.
// A reply that cannot be delivered any more is counted all the same, so that
//
//     replies that clients received <= requests <= requests that they sent.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>

namespace sockmark {

// What one thread or process has counted, on a cache line of its own.
struct alignas(64) CounterSlot {
  std::atomic<std::uint64_t> connections;
  std::atomic<std::uint64_t> requests;
};

// The file, in the byte order of the machine. It starts as zeros.
struct CounterPage {
  static constexpr std::uint64_t kMagic = 0x31746e756f636d73;  // "smcount1"

  std::atomic<std::uint64_t> magic;  // kMagic once a server counts into it
  std::atomic<std::uint64_t> slots_given;  // beyond the last, the first again
  std::array<CounterSlot, 63> slots;
};

static_assert(sizeof(CounterPage) == 4096);
static_assert(offsetof(CounterPage, slots) == 64);
static_assert(std::atomic<std::uint64_t>::is_always_lock_free,
              "processes share it");

// From now on counts go into `file`, from this process and all that it forks.
// To be called before anything is counted and any thread is started. `file` is
// an existing regular file of a CounterPage's size or more, and of zeros or
// already counted into. Throws std::runtime_error that names it. Until it is
// called, counts go where nobody looks: counting costs the same.
void count_into(const std::filesystem::path& file);

// A few nanoseconds each: an atomic addition that is mostly uncontended.
void count_connection();
void count_request();

// Maps the page in an open file, shared. It stays until munmap(2). Throws
// std::system_error.
CounterPage* map_counters(int fd);

// What all have counted so far. Consistent when nobody counts.
struct CounterSums {
  std::uint64_t connections = 0;
  std::uint64_t requests = 0;
};
CounterSums sum_of(const CounterPage& counters);

}  // namespace sockmark
