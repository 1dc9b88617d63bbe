// What does the I/O for a Driver: epoll or io_uring.
#pragma once

#include <memory>
#include <string>

#include "loadgen/connection.h"
#include "loadgen/options.h"
#include "loadgen/target.h"

namespace sockmark {

class Driver;

struct Turn {
  int events = 0;         // that were told
  Nanoseconds began = 0;  // when the waiting was over
};

// Of one thread. Calls do not wait and do not call back; what becomes of them
// is told by wait().
class Engine {
 public:
  virtual ~Engine() = default;

  virtual Nanoseconds now() = 0;  // CLOCK_MONOTONIC, or a test's own

  // Begins to connect. 0, or the errno of a failure that shows at once.
  virtual int connect(Connection& connection) = 0;

  // Sends what it can of the output and tells the exchange. 0, or an errno.
  virtual int send(Connection& connection) = 0;

  // At once, whatever is under way; nothing more is told of it.
  virtual void close(Connection& connection) = 0;

  // All that was asked for so far is under way when this returns; send() may
  // only have noted it.
  virtual void submit() {}

  // Waits for events, until `until` at most, and tells `driver` of each. Those
  // that are there already are told in any case.
  virtual Turn wait(Nanoseconds until, Driver& driver) = 0;
};

// The engine to use where `wanted` is asked for: epoll instead of io_uring
// where the kernel refuses that, with the reason in `note`.
EngineKind choose_engine(EngineKind wanted, std::string& note);

// `spec` and `address` must outlive it. Throws Unavailable.
std::unique_ptr<Engine> make_engine(const LoadSpec& spec,
                                    const Address& address, int thread,
                                    std::uint32_t connections);

const char* to_string(EngineKind kind);

}  // namespace sockmark
