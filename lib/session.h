// One connection without its I/O: bytes in, bytes out.
//
// Blocking, readiness and completion servers all drive the same Session, so
// that they differ in their concurrency model and in nothing else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "lib/chunked.h"
#include "lib/request.h"
#include "lib/service.h"

namespace sockmark {

// What a connection waits for: bytes from its peer, room to send, or its end.
enum class Want { read, write, close };

// The driver's loop: while want() is `read`, feed received() or
// end_of_input(); while it is `write`, send from output() and tell sent(); at
// `close`, close. An idle Session holds a small buffer or none. One thread at a
// time.
class Session {
 public:
  // `service` must outlive the session.
  explicit Session(const Service& service) : service_(service) {}
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // `bytes` came from the peer; they are used or copied before this returns.
  void received(std::string_view bytes);

  // The peer will send no more. What it asked for is still answered.
  void end_of_input();

  // The connection is broken: nothing can be sent any more. What is told after
  // that, as of a send that was under way, changes nothing.
  void abort();

  // What to send next. Valid until the session is told anything.
  std::string_view output() const { return output_; }
  void sent(std::size_t bytes);

  Want want() const {
    if (!output_.empty()) return Want::write;
    return closing_ ? Want::close : Want::read;
  }

  // Grows whenever bytes move: it tells an idle connection from a busy one.
  std::uint64_t progress() const { return progress_; }

  // Whether more input may be under way than the session took, as behind a
  // refused request. The driver then discards it before it closes: closing over
  // it would reset the connection, and that can overtake the last reply.
  bool leaves_input() const { return leaves_input_; }

 private:
  // Each takes what it can from the front of `bytes` and returns how much.
  std::size_t consume(std::string_view bytes);
  std::size_t consume_head(std::string_view bytes);
  std::size_t consume_body(std::string_view bytes);
  std::size_t consume_echo(std::string_view bytes);

  void consume_input();
  void reply_to_request();
  void reject(int status);
  void queue(std::string_view reply);

  const Service& service_;
  std::string input_;        // received and not yet used
  std::string_view output_;  // into service_ or joined_
  std::string joined_;       // several replies, to leave in one write
  std::string_view held_;    // a reply too large to join
  RequestHead request_;      // whose body is being received
  ChunkedDecoder chunked_;
  std::uint64_t progress_ = 0;
  bool in_body_ = false;
  bool input_ended_ = false;
  bool closing_ = false;
  bool leaves_input_ = false;
};

}  // namespace sockmark
