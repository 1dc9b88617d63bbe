// One connection as the driver sees it; the engines keep what they need of it
// in tables of their own, by index.
#pragma once

#include <cstdint>

#include "loadgen/exchange.h"

namespace sockmark {

struct Connection {
  enum class State : std::uint8_t {
    unused,       // there is none
    backing_off,  // none; will be made at retry_at
    connecting,
    open,
    closing  // has its last reply and waits for the server to close
  };

  Connection(ExchangeContext& context, std::uint32_t position)
      : index(position), exchange(context) {}

  // Whether there is one, be it still connecting.
  bool exists() const {
    return state != State::unused && state != State::backing_off;
  }

  const std::uint32_t index;  // in its engine, from 0
  std::uint32_t made = 0;     // how often: tells it from its predecessors
  State state = State::unused;
  bool is_free = false;       // in the driver's list of those
  bool peer_is_gone = false;  // the engine knows that an end of file follows
  Exchange exchange;
  Nanoseconds since = 0;  // of connecting and of closing
  Nanoseconds backoff = 0;
  Nanoseconds retry_at = 0;
};

}  // namespace sockmark
