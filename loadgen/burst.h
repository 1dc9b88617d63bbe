// `loadgen burst`: the load of client3.py (R. Spivak, Let's Build A Web
// Server, part 3). Client processes open connections, send a request on each,
// read nothing and hold them all. What it shows is who accepts, who leaves
// zombies behind and where descriptors end.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "loadgen/connects.h"
#include "loadgen/tally.h"
#include "loadgen/target.h"

namespace sockmark {

struct BurstSpec {
  Target target;
  std::size_t clients = 1;                                 // processes
  std::size_t connections = 1;                             // of each
  std::chrono::nanoseconds hold{std::chrono::seconds(1)};  // once all are up
  std::chrono::nanoseconds timeout{std::chrono::seconds(10)};  // to be up
};

// What came of a process's connections, or of all. Plain numbers: they lie in
// memory that the processes share.
struct BurstCount {
  Connects connects;
  std::uint64_t requests_sent = 0;
  // At the end, of the connections that stood. The server may have both
  // answered and closed.
  std::uint64_t answered = 0;  // bytes of a reply wait to be read
  std::uint64_t closed_by_server = 0;
  std::uint64_t reset = 0;

  void add(const BurstCount& other);
};

struct BurstResult {
  std::size_t started = 0;      // processes
  std::size_t not_started = 0;  // fork failed
  std::size_t died = 0;         // before they had counted
  BurstCount count;
  std::vector<Nanoseconds> connect_times;   // of those established
  std::optional<Nanoseconds> all_up_after;  // none: never all
  Nanoseconds elapsed = 0;
  int fork_error = 0;      // errno; 0: none
  int interrupted_by = 0;  // a signal; 0: none
};

// Blocks until they have been held for so long, the time to be up and to hold
// is over, or a signal came. All processes have ended then, and they also end
// if this one dies. Call it before starting threads. Throws
// std::runtime_error if the descriptors do not suffice, the target has no
// address or no process can be started.
BurstResult burst(const BurstSpec& spec);

}  // namespace sockmark
