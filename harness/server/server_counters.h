// What one of our own servers says it did: see lib/counters.h.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/record/record.h"
#include "lib/counters.h"
#include "lib/fd.h"

namespace sockmark {

// A file without a name that one server counts into. It has to live until the
// server has started; one that executes itself needs it for as long as it runs.
class ServerCounters {
 public:
  ServerCounters();  // throws std::system_error

  // What to add to the server's command line. They hold in all processes of
  // this user, and name this process.
  std::vector<std::string> arguments() const;

  // From the server's start until now. Nothing when it does not count.
  std::optional<ServerCounts> read() const;

 private:
  struct Unmap {
    void operator()(CounterPage* page) const;
  };
  Fd file_;
  std::unique_ptr<CounterPage, Unmap> page_;
};

// What was counted between the two. Nothing when either is unknown.
std::optional<ServerCounts> counted_between(
    const std::optional<ServerCounts>& before,
    const std::optional<ServerCounts>& after);

}  // namespace sockmark
