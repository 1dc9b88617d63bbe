#include "loadgen/reply_reader.h"

#include <algorithm>

namespace sockmark {

ReplyReader::ReplyReader(const LoadSpec& spec, const std::string& request)
    : spec_(spec),
      request_(request),
      is_echo_(spec.target.protocol == Protocol::echo),
      parser_(false, spec.expect_body) {}

void ReplyReader::begin() {
  echoed_ = 0;
  parser_.begin();
}

ReplyReader::Step ReplyReader::feed(std::string_view bytes) {
  return is_echo_ ? feed_echo(bytes) : parser_.feed(bytes);
}

ReplyReader::Step ReplyReader::feed_echo(std::string_view bytes) {
  const std::string_view expected =
      std::string_view(request_).substr(echoed_, bytes.size());
  if (!bytes.starts_with(expected)) {
    return {.status = Status::bad, .consumed = bytes.size()};
  }
  echoed_ += expected.size();
  return {
      .status = echoed_ == request_.size() ? Status::complete : Status::more,
      .consumed = expected.size()};
}

std::uint64_t ReplyReader::skippable() const {
  return is_echo_ ? 0 : parser_.skippable();
}

ReplyReader::Step ReplyReader::skip(std::uint64_t bytes) {
  return parser_.skip(bytes);
}

ReplyReader::Status ReplyReader::end_of_file() const {
  return is_echo_ ? Status::more : parser_.end_of_file();
}

ErrorKind ReplyReader::fault() const {
  return is_echo_ ? &Errors::body : &Errors::parse;
}

ErrorKind ReplyReader::objection() const {
  if (is_echo_) return nullptr;
  const int status = parser_.status_code();
  const bool is_right_status = spec_.expect_status
                                   ? status == *spec_.expect_status
                                   : status >= 200 && status < 400;
  if (!is_right_status) return &Errors::status;
  return parser_.body_is_as_expected() ? nullptr : &Errors::body;
}

}  // namespace sockmark
