// Memory that this process and those it forks have in common.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <span>
#include <type_traits>

#include "lib/error.h"

namespace sockmark {

// All zero at first. Who writes what and when is the user's to arrange.
template <typename T>
class SharedArray {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  // Throws std::system_error.
  explicit SharedArray(std::size_t size)
      : size_(size),
        memory_(mmap(nullptr, size * sizeof(T), PROT_READ | PROT_WRITE,
                     MAP_SHARED | MAP_ANONYMOUS, -1, 0)) {
    if (memory_ == MAP_FAILED) throw_errno("cannot map shared memory");
  }
  ~SharedArray() { munmap(memory_, size_ * sizeof(T)); }
  SharedArray(const SharedArray&) = delete;
  SharedArray& operator=(const SharedArray&) = delete;

  std::span<T> items() const { return {static_cast<T*>(memory_), size_}; }

 private:
  const std::size_t size_;
  void* const memory_;
};

}  // namespace sockmark
