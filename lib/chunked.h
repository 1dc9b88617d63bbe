// The chunked transfer coding (RFC 9112, section 7.1), decoded incrementally
// and without I/O. Servers read request bodies with it, the load generator
// replies.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sockmark {

class ChunkedDecoder {
 public:
  enum class Status { more, done, bad };
  struct Step {
    Status status = Status::more;
    std::size_t consumed = 0;  // bytes of the input, framing and data
    std::string_view data;     // the part of them that is body
  };

  // Consumes `bytes` up to the end of the body or of one run of data. Call
  // again with what is left while it answers `more` and there is any.
  Step next(std::string_view bytes);

 private:
  enum class State : std::uint8_t {
    size_start,  // the first digit of a chunk's size
    size,
    extension,  // what follows the size is skipped
    data,
    data_end,  // the line end behind a chunk's data
    trailer_start,
    trailer
  };

  // Takes one byte of framing.
  Status frame(char byte);

  State state_ = State::size_start;
  std::uint64_t left_ = 0;  // of the chunk's data; while reading it, its size
  std::size_t framing_bytes_ = 0;  // since the last data
};

}  // namespace sockmark
