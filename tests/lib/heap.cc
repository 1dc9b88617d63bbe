#include "tests/lib/heap.h"

#include <malloc.h>

#include <cstdlib>
#include <new>

namespace sockmark {
namespace {

constinit thread_local std::ptrdiff_t in_use = 0;

std::ptrdiff_t size_of(void* block) {
  return static_cast<std::ptrdiff_t>(malloc_usable_size(block));
}

}  // namespace

std::ptrdiff_t heap_bytes() { return in_use; }

}  // namespace sockmark

// The array forms come down to these.
void* operator new(std::size_t bytes) {
  void* const block = operator new(bytes, std::nothrow);
  if (block == nullptr) throw std::bad_alloc();
  return block;
}

void* operator new(std::size_t bytes, const std::nothrow_t&) noexcept {
  void* const block = std::malloc(bytes);
  if (block != nullptr) sockmark::in_use += sockmark::size_of(block);
  return block;
}

void operator delete(void* block) noexcept {
  if (block != nullptr) sockmark::in_use -= sockmark::size_of(block);
  std::free(block);
}

void operator delete(void* block, std::size_t) noexcept {
  operator delete(block);
}

void operator delete(void* block, const std::nothrow_t&) noexcept {
  operator delete(block);
}
