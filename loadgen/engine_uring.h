// The io_uring engine: sockets in a table of the ring's own, one system call
// for all sends of a turn and the wait for the next.
//
// Receiving is asked for once per connection and goes on by itself, into
// buffers that the kernel picks. A send completes in silence unless it fails;
// but one now and then says when it was done, so that the phases are known.
#pragma once

#include <netinet/in.h>

#include <cstdint>
#include <string_view>
#include <vector>

#include "lib/io_ring.h"
#include "loadgen/engine.h"
#include "loadgen/sources.h"

namespace sockmark {

class UringEngine final : public Engine {
 public:
  // From one send that is timed to the next, at least.
  static constexpr Nanoseconds kTimedSendGap = 200'000;

  // Where sockets are made and bound. Only newer kernels can do it in the ring.
  enum class SetUp { best, outside_the_ring };

  // `address` must outlive the engine. Throws Unavailable.
  UringEngine(const LoadSpec& spec, const Address& address, int thread,
              std::uint32_t connections, SetUp set_up = SetUp::best);

  Nanoseconds now() override;
  int connect(Connection& connection) override;
  int send(Connection& connection) override;
  void close(Connection& connection) override;
  void submit() override;
  Turn wait(Nanoseconds until, Driver& driver) override;

 private:
  enum class Operation : std::uint8_t { set_up, connect, send, receive, other };

  struct Socket {
    sockaddr_in source{};
    int set_up_error = 0;
    bool is_sending = false;  // and will say when it is done
    bool is_receiving = false;
    bool stops_receiving = false;
    bool skips = false;  // what it is receiving
  };

  struct Event {
    Operation operation;
    std::uint32_t index;
    std::uint32_t made;  // which of the connections in this place, modulo 2^24
    int result;
    bool goes_on;
    std::string_view bytes;
  };

  static std::uint64_t tag(Operation operation, const Connection& connection);
  io_uring_sqe* next_entry(Operation operation, const Connection& connection);
  void queue_socket(const Connection& connection, Socket& socket);
  int place_socket(const Connection& connection);
  void cancel(Operation operation, const Connection& connection);
  void receive(Connection& connection);
  void enter(Nanoseconds until);
  void collect(Driver& driver);
  void tell(const Event& event, Driver& driver);
  void tell_connect(const Event& event, Connection& connection, Driver& driver);
  void tell_receive(const Event& event, Connection& connection, Driver& driver);

  const Address& address_;
  Sources sources_;
  const bool no_delay_;
  const bool sends_in_silence_;
  IoRing ring_;
  RingBuffers buffers_;
  const bool sets_up_in_ring_;
  std::vector<Socket> sockets_;  // by connection
  std::vector<Event> events_;
  Nanoseconds next_timed_send_ = 0;
  Nanoseconds turn_ = 0;
};

}  // namespace sockmark
