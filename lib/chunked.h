// The chunked transfer coding (RFC 9112, section 7.1), decoded incrementally
// and without I/O. Servers read request bodies with it, the load generator
// replies.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sockmark {

// Strict: every line of the framing ends in CR LF and has no other control
// characters. Where one recipient ends a line at a bare LF, or skips a bare CR,
// and another does not, they disagree on where the request ends, and one can be
// smuggled past the first (RFC 9112's erratum 7633; Go's CVE-2025-22871; nginx
// since 1.29.4).
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
    size_end,   // blanks behind the size
    extension,  // what follows them is skipped
    data,
    data_end,  // the line end behind a chunk's data
    trailer_start,
    trailer
  };

  // Each takes one byte of framing: any; one within a line; a line's LF.
  Status frame(char byte);
  Status frame_text(char byte);
  Status end_line();

  State state_ = State::size_start;
  bool after_return_ = false;  // the last byte was a line's CR
  std::uint64_t left_ = 0;  // of the chunk's data; while reading it, its size
  std::size_t framing_bytes_ = 0;  // since the last data
};

}  // namespace sockmark
