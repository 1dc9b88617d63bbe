#include "loadgen/answer.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "loadgen/request.h"

namespace sockmark {

std::string request_to(const Target& target) {
  LoadSpec spec;
  spec.target = target;
  return build_request(spec);
}

void Answer::begin() {
  awaited_ = true;
  echoed_bytes_ = 0;
  parser_.begin();
}

Arrival Answer::receive(int fd, std::size_t most_bytes) {
  std::array<char, 16 * 1024> buffer;
  const ssize_t size =
      recv(fd, buffer.data(), std::min(most_bytes, buffer.size()), 0);
  if (size > 0) return take({buffer.data(), static_cast<std::size_t>(size)});
  if (size == 0) return end_of_file();
  const bool would_block = errno == EAGAIN || errno == EINTR;
  return would_block ? Arrival::nothing : Arrival::reset;
}

Arrival Answer::take(std::string_view bytes) {
  if (!awaited_) return Arrival::some;
  if (protocol_ == Protocol::echo) return take_echo(bytes);
  switch (parser_.feed(bytes).status) {
    case ResponseParser::Status::more:
      return Arrival::some;
    case ResponseParser::Status::bad:
      awaited_ = false;
      return Arrival::garbled;
    case ResponseParser::Status::complete:
      break;
  }
  awaited_ = false;
  return judge();
}

Arrival Answer::take_echo(std::string_view bytes) {
  if (!request_.substr(echoed_bytes_).starts_with(bytes)) {
    awaited_ = false;
    return Arrival::garbled;
  }
  echoed_bytes_ += bytes.size();
  if (echoed_bytes_ < request_.size()) return Arrival::some;
  awaited_ = false;
  return Arrival::answer;
}

Arrival Answer::end_of_file() {
  if (!awaited_ || protocol_ == Protocol::echo ||
      parser_.end_of_file() != ResponseParser::Status::complete) {
    return Arrival::closed;
  }
  awaited_ = false;
  return judge();
}

Arrival Answer::judge() const {
  const int status = parser_.status_code();
  return status >= 200 && status < 400 ? Arrival::answer
                                       : Arrival::error_status;
}

}  // namespace sockmark
