// One client process of `loadgen burst`.
#pragma once

#include <span>

#include "loadgen/burst.h"
#include "loadgen/tally.h"

namespace sockmark {

// What a client leaves for the process that forked it.
struct BurstRecord {
  BurstCount count;
  Nanoseconds last_established_at = 0;
  bool complete = false;  // it was not ended before it had counted
};

// Descriptors by which the processes agree on when.
struct BurstSignals {
  int up = -1;    // takes a byte from each client whose connects have ended
  int hold = -1;  // at its end of file the clients end
};

// Opens, holds, counts. `connect_times_ns` has room for each connection.
// Throws std::system_error.
void run_burst_client(const BurstSpec& spec, const Address& address,
                      std::size_t number, BurstSignals signals,
                      BurstRecord& record,
                      std::span<Nanoseconds> connect_times_ns);

}  // namespace sockmark
