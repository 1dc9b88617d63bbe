// The portable engine: nonblocking sockets and epoll, one thread.
//
// A request costs one send and one recv. The next is sent from where the last
// reply was read, sockets are registered once (edge-triggered, for reading and
// writing), and nothing is shared with other threads.
#pragma once

#include <sys/epoll.h>

#include <array>
#include <atomic>
#include <deque>
#include <string>
#include <vector>

#include "lib/fd.h"
#include "loadgen/exchange.h"
#include "loadgen/meter.h"
#include "loadgen/options.h"
#include "loadgen/tally.h"
#include "loadgen/target.h"

namespace sockmark {

// When to measure, on CLOCK_MONOTONIC. Load before the start is warm-up.
struct Window {
  Nanoseconds start = 0;
  Nanoseconds end = 0;
};

// One thread's share of the load.
struct Share {
  int connections = 0;
  std::uint64_t requests = 0;  // stop after so many; 0: no limit
};

class EpollEngine {
 public:
  // Both references must outlive the engine.
  EpollEngine(const LoadSpec& spec, const Address& address, Share share);

  // Once. Puts the load on until the window ends, the share is done or `stop`
  // is set. timestamp_error in the result bounds how long a reply may have
  // waited for us, behind others that were ready at the same time.
  Tally run(Window window, const std::atomic<bool>& stop);

 private:
  enum class State {
    idle,         // has no request to make
    backing_off,  // will connect at retry_at
    connecting,
    open,
    closing  // has its reply and waits for the server to close
  };

  struct Slot {
    Slot(const LoadSpec& spec, const std::string& request, Tally& tally)
        : exchange(spec, request, tally) {}

    Fd fd;
    State state = State::idle;
    Exchange exchange;
    Nanoseconds backoff = 0;
    Nanoseconds retry_at = 0;
    Nanoseconds closing_since = 0;
  };

  bool finished() const;
  void wait(Window window);
  void on_event(Slot& slot, std::uint32_t events);
  void on_connecting(Slot& slot, std::uint32_t events);
  void read(Slot& slot, std::uint32_t events);
  void write(Slot& slot);
  void on_end_of_request(Slot& slot, std::uint32_t events);

  bool may_begin() const;
  void next_request(Slot& slot);
  void connect(Slot& slot);
  void give_up_connecting(Slot& slot, int error);
  void close(Slot& slot, std::uint64_t Tally::*by);
  void broken(Slot& slot, int error);
  static void back_off(Slot& slot);

  void tick();
  void start_measuring();
  void finish_measuring();

  const LoadSpec& spec_;
  const Address& address_;
  const Share share_;
  const std::string request_;
  Fd epoll_;
  Tally tally_;
  Meter meter_{tally_};
  std::deque<Slot> slots_;  // a deque: slots neither move nor copy
  std::vector<char> buffer_;
  std::array<epoll_event, 512> events_;

  Nanoseconds now_ = 0;
  Nanoseconds next_tick_ = 0;
};

}  // namespace sockmark
