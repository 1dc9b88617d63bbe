// A request of the verbs beside `steady`, and how to tell that its answer is
// whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "loadgen/response.h"
#include "loadgen/target.h"

namespace sockmark {

// HTTP: a GET. Echo: 64 bytes.
std::string request_to(const Target& target);

// What a read brought.
enum class Arrival {
  nothing,       // would block
  some,          // of the answer, or what belongs to none
  answer,        // the rest of it, as it should be
  error_status,  // ... HTTP's, neither 2xx nor 3xx
  garbled,       // no HTTP, or not the bytes that were sent
  closed,        // by the peer, and that did not make an answer whole
  reset
};

// Of one connection; also what comes when no answer is awaited.
class Answer {
 public:
  // `request` must outlive it.
  Answer(Protocol protocol, std::string_view request)
      : protocol_(protocol), request_(request) {}

  // An answer is awaited from now on, until it is whole or can not be.
  void begin();
  bool awaited() const { return awaited_; }

  // One read from a nonblocking socket, of at most so many bytes.
  Arrival receive(int fd, std::size_t most_bytes = SIZE_MAX);

  // After a whole answer: whether another request may follow.
  bool keeps_alive() const {
    return protocol_ == Protocol::echo || parser_.keep_alive();
  }

 private:
  Arrival take(std::string_view bytes);
  Arrival take_echo(std::string_view bytes);
  Arrival end_of_file();
  Arrival judge() const;

  Protocol protocol_;
  bool awaited_ = false;
  std::string_view request_;
  std::size_t echoed_bytes_ = 0;
  ResponseParser parser_;
};

}  // namespace sockmark
