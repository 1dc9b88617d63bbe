#include "lib/counters.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <stdexcept>

#include "lib/error.h"
#include "lib/fd.h"

namespace sockmark {
namespace {

constinit CounterPage nobodys{};
constinit CounterPage* page = &nobodys;
constinit thread_local CounterSlot* mine = nullptr;

CounterSlot& my_slot() {
  if (mine == nullptr) {
    const auto given =
        page->slots_given.fetch_add(1, std::memory_order_relaxed);
    mine = &page->slots[given % page->slots.size()];
  }
  return *mine;
}

// Else all children of a server that has counted would share its cache line.
void take_another_slot() { mine = nullptr; }

Fd open_counters(const std::string& file) {
  Fd fd(check(open(file.c_str(), O_RDWR | O_CLOEXEC),
              fmt::format("cannot count into {}", file)));
  struct stat status {};
  check(fstat(fd.get(), &status), file);
  if (!S_ISREG(status.st_mode)) {
    throw std::runtime_error(
        fmt::format("cannot count into {}: not a regular file", file));
  }
  constexpr std::size_t kBytes = sizeof(CounterPage);
  if (static_cast<std::size_t>(status.st_size) < kBytes) {
    throw std::runtime_error(
        fmt::format("cannot count into {}: it has {} bytes of the {} needed; "
                    "truncate -s {} makes such a file",
                    file, status.st_size, kBytes, kBytes));
  }
  return fd;
}

}  // namespace

CounterPage* map_counters(int fd) {
  void* const memory = mmap(nullptr, sizeof(CounterPage),
                            PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (memory == MAP_FAILED) throw_errno("cannot map the counters");
  return static_cast<CounterPage*>(memory);
}

void count_into(const std::filesystem::path& file) {
  CounterPage* const shared = map_counters(open_counters(file.string()).get());
  std::uint64_t magic = 0;
  if (!shared->magic.compare_exchange_strong(magic, CounterPage::kMagic) &&
      magic != CounterPage::kMagic) {
    munmap(shared, sizeof *shared);
    throw std::runtime_error(fmt::format(
        "cannot count into {}: there is something else in it", file.string()));
  }
  page = shared;
  take_another_slot();
  pthread_atfork(nullptr, nullptr, take_another_slot);
}

void count_connection() {
  my_slot().connections.fetch_add(1, std::memory_order_relaxed);
}

void count_request() {
  my_slot().requests.fetch_add(1, std::memory_order_relaxed);
}

CounterSums sum_of(const CounterPage& counters) {
  CounterSums sums;
  for (const CounterSlot& slot : counters.slots) {
    sums.connections += slot.connections.load(std::memory_order_relaxed);
    sums.requests += slot.requests.load(std::memory_order_relaxed);
  }
  return sums;
}

}  // namespace sockmark
