// Waiting for what has to happen.
#pragma once

#include <chrono>
#include <thread>

namespace sockmark {

// How long the tests wait for it. Nothing is measured by this: it only turns a
// hang into a failure.
inline constexpr std::chrono::seconds kPatience(10);

// Asks until `condition` holds. Whether it did in time.
template <typename Condition>
bool eventually(const Condition& condition,
                std::chrono::seconds patience = kPatience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

}  // namespace sockmark
