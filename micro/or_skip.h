// How a benchmark fails: alone.
#pragma once

#include <benchmark/benchmark.h>

#include <system_error>

namespace sockmark {

// Where a limit or the kernel refuses what `measure` needs, it is skipped with
// the reason, and the others still run.
template <void (*measure)(benchmark::State&)>
void or_skip(benchmark::State& state) {
  try {
    measure(state);
  } catch (const std::system_error& error) {
    state.SkipWithError(error.what());
  }
}

}  // namespace sockmark
