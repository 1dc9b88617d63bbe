#include "lib/chunked.h"

#include <algorithm>
#include <utility>

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

bool is_control(char byte) {
  const auto code = static_cast<unsigned char>(byte);
  return (code < 0x20 && byte != '\t') || code == 0x7f;
}

}  // namespace

ChunkedDecoder::Status ChunkedDecoder::frame(char byte) {
  if (++framing_bytes_ > kMostFramingBytes) return Status::bad;
  if (std::exchange(after_return_, false)) {
    return byte == '\n' ? end_line() : Status::bad;
  }
  if (byte == '\r' && state_ != State::size_start) {
    after_return_ = true;
    return Status::more;
  }
  return is_control(byte) ? Status::bad : frame_text(byte);
}

ChunkedDecoder::Status ChunkedDecoder::frame_text(char byte) {
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
    case State::size_end:
      if (byte != ' ' && byte != '\t' && byte != ';') return Status::bad;
      state_ = byte == ';' ? State::extension : State::size_end;
      return Status::more;
    case State::extension:
    case State::trailer:
      return Status::more;
    case State::trailer_start:
      state_ = State::trailer;
      return Status::more;
    case State::data:
    case State::data_end:
      break;
  }
  return Status::bad;
}

ChunkedDecoder::Status ChunkedDecoder::end_line() {
  switch (state_) {
    case State::data_end:
      state_ = State::size_start;
      return Status::more;
    case State::trailer:
      state_ = State::trailer_start;
      return Status::more;
    case State::trailer_start:
      return Status::done;
    default:
      state_ = left_ == 0 ? State::trailer_start : State::data;
      return Status::more;
  }
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
