#include "lib/chunked.h"

#include <algorithm>

namespace sockmark {
namespace {

// Bounds extensions, trailers and leading zeros alike.
constexpr std::size_t kMostFramingBytes = 8192;
constexpr std::uint64_t kLargestChunk = std::uint64_t{1} << 56;

int hex_digit(char byte) {
  if (byte >= '0' && byte <= '9') return byte - '0';
  if (byte >= 'a' && byte <= 'f') return byte - 'a' + 10;
  if (byte >= 'A' && byte <= 'F') return byte - 'A' + 10;
  return -1;
}

}  // namespace

ChunkedDecoder::Status ChunkedDecoder::frame(char byte) {
  if (++framing_bytes_ > kMostFramingBytes) return Status::bad;
  switch (state_) {
    case State::size_start:
    case State::size:
      if (const int digit = hex_digit(byte); digit >= 0) {
        if (left_ >= kLargestChunk / 16) return Status::bad;
        left_ = left_ * 16 + static_cast<std::uint64_t>(digit);
        state_ = State::size;
        return Status::more;
      }
      if (state_ == State::size_start) return Status::bad;
      [[fallthrough]];
    case State::extension:
      if (byte == '\n') {
        state_ = left_ == 0 ? State::trailer_start : State::data;
      } else if (byte == '\r' || byte == ';' || byte == ' ' || byte == '\t' ||
                 state_ == State::extension) {
        state_ = State::extension;
      } else {
        return Status::bad;
      }
      return Status::more;
    case State::data_end:
      if (byte == '\n') state_ = State::size_start;
      return byte == '\n' || byte == '\r' ? Status::more : Status::bad;
    case State::trailer_start:
      if (byte == '\n') return Status::done;
      if (byte != '\r') state_ = State::trailer;
      return Status::more;
    case State::trailer:
      if (byte == '\n') state_ = State::trailer_start;
      return Status::more;
    case State::data:
      break;
  }
  return Status::bad;
}

ChunkedDecoder::Step ChunkedDecoder::next(std::string_view bytes) {
  Step step;
  while (step.consumed < bytes.size()) {
    if (state_ == State::data) {
      step.data = bytes.substr(step.consumed,
                               static_cast<std::size_t>(std::min<std::uint64_t>(
                                   left_, bytes.size() - step.consumed)));
      step.consumed += step.data.size();
      left_ -= step.data.size();
      framing_bytes_ = 0;
      if (left_ == 0) state_ = State::data_end;
      return step;
    }
    step.status = frame(bytes[step.consumed++]);
    if (step.status != Status::more) return step;
  }
  return step;
}

}  // namespace sockmark
