// Reads replies of either protocol and says what is wrong with them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "loadgen/options.h"
#include "loadgen/response.h"
#include "loadgen/tally.h"

namespace sockmark {

// The bytes of a reply that was found good. Another that is the same, byte for
// byte, is as good and need not be parsed; most replies of a benchmark are.
struct ReplyMemo {
  static constexpr std::size_t kLargest = 4096;

  std::string bytes;  // none yet, if empty
  bool keep_alive = false;
};

// An echo is right if it is the request, an HTTP reply if it has the status
// and the body that the command line wants.
class ReplyReader {
 public:
  using Status = ResponseParser::Status;
  using Step = ResponseParser::Step;

  // Both must outlive the reader.
  ReplyReader(const LoadSpec& spec, const std::string& request);

  // As ResponseParser's.
  void begin();
  Step feed(std::string_view bytes);
  std::uint64_t skippable() const;
  Step skip(std::uint64_t bytes);
  Status end_of_file() const;

  // What to call it when feed() says `bad`.
  ErrorKind fault() const;
  // Of a whole reply: nullptr if it is right.
  ErrorKind objection() const;
  bool keep_alive() const { return is_echo_ || parser_.keep_alive(); }
  std::uint64_t body_bytes() const { return parser_.body_bytes(); }

 private:
  Step feed_echo(std::string_view bytes);

  const LoadSpec& spec_;
  const std::string& request_;
  const bool is_echo_;
  std::size_t echoed_ = 0;
  ResponseParser parser_;
};

}  // namespace sockmark
