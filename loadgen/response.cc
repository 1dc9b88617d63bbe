#include "loadgen/response.h"

#include <algorithm>

#include "lib/http.h"

namespace sockmark {
namespace {

constexpr std::size_t kLargestHead = 64 * 1024;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Where the head ends, behind its blank line; nothing if it does not yet.
std::optional<std::size_t> end_of_head(std::string_view bytes) {
  std::size_t position = 0;
  while (const auto line = first_line(bytes.substr(position))) {
    position += line->next;
    if (line->text.empty()) return position;
  }
  return std::nullopt;
}

}  // namespace

void ResponseParser::begin() {
  partial_head_.clear();
  in_body_ = false;
  keep_alive_ = true;
  body_bytes_ = 0;
  body_matches_ = true;
}

ResponseParser::Step ResponseParser::feed(std::string_view bytes) {
  Step step;
  while (step.status == Status::more && step.consumed < bytes.size()) {
    const std::string_view rest = bytes.substr(step.consumed);
    const Step next = in_body_ ? feed_body(rest) : feed_head(rest);
    step.status = next.status;
    step.consumed += next.consumed;
  }
  return step;
}

ResponseParser::Step ResponseParser::feed_head(std::string_view bytes) {
  const std::size_t before = partial_head_.size();
  std::string_view head = bytes;
  if (before > 0) head = partial_head_.append(bytes);
  const auto size = end_of_head(head);
  if (!size) {
    if (before == 0) partial_head_.assign(bytes);
    const bool is_too_large = partial_head_.size() > kLargestHead;
    const bool is_http =
        std::string_view("HTTP/").starts_with(head.substr(0, 5));
    return {.status = is_too_large || !is_http ? Status::bad : Status::more,
            .consumed = bytes.size()};
  }
  const bool is_good =
      *size <= kLargestHead && parse_head(head.substr(0, *size));
  const Step step{.status = is_good ? Status::more : Status::bad,
                  .consumed = *size - before};
  partial_head_.clear();
  const bool is_interim = status_code_ < 200 && status_code_ != 101;
  if (!is_good || is_interim) return step;
  choose_framing();
  in_body_ = true;
  const bool has_no_body =
      framing_ == Framing::none ||
      (framing_ == Framing::length && content_length_ == 0);
  return {.status = has_no_body ? Status::complete : Status::more,
          .consumed = step.consumed};
}

bool ResponseParser::parse_head(std::string_view head) {
  content_length_.reset();
  framing_ = Framing::end_of_file;
  bool is_first = true;
  while (const auto line = first_line(head)) {
    head.remove_prefix(line->next);
    if (line->text.empty()) break;
    if (!(is_first ? parse_status_line(line->text)
                   : parse_header(line->text))) {
      return false;
    }
    is_first = false;
  }
  return !is_first;
}

// "HTTP/1.1 200 OK"; the reason may be missing, with its space.
bool ResponseParser::parse_status_line(std::string_view line) {
  if (line.size() < 12 || !line.starts_with("HTTP/1.") || !is_digit(line[7]) ||
      line[8] != ' ' || !std::all_of(&line[9], &line[9] + 3, is_digit) ||
      (line.size() > 12 && line[12] != ' ')) {
    return false;
  }
  status_code_ = (line[9] - '0') * 100 + (line[10] - '0') * 10 + line[11] - '0';
  keep_alive_ = line[7] != '0';
  return status_code_ >= 100;
}

bool ResponseParser::parse_header(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return false;
  const auto name = line.substr(0, colon);
  const auto value = trim(line.substr(colon + 1));
  switch (name.size()) {  // most headers are told apart by length alone
    case 10:
      if (!equals_ignoring_case(name, "connection")) return true;
      if (list_has(value, "close")) keep_alive_ = false;
      if (list_has(value, "keep-alive")) keep_alive_ = true;
      return true;
    case 14: {
      if (!equals_ignoring_case(name, "content-length")) return true;
      const auto length = parse_content_length(value);
      const bool contradicts = content_length_ && content_length_ != length;
      content_length_ = length;
      return length.has_value() && !contradicts;
    }
    case 17:
      if (!equals_ignoring_case(name, "transfer-encoding")) return true;
      framing_ = Framing::chunked;
      return equals_ignoring_case(value, "chunked");
    default:
      return true;
  }
}

// RFC 9112, section 6.3.
void ResponseParser::choose_framing() {
  if (answers_head_ || status_code_ == 204 || status_code_ == 304 ||
      status_code_ == 101) {
    framing_ = Framing::none;
  } else if (framing_ == Framing::chunked) {
    chunked_ = ChunkedDecoder();
  } else if (content_length_) {
    framing_ = Framing::length;
  } else {
    keep_alive_ = false;
  }
}

ResponseParser::Step ResponseParser::feed_body(std::string_view bytes) {
  switch (framing_) {
    case Framing::none:
      return {.status = Status::complete, .consumed = 0};
    case Framing::length: {
      const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(
          *content_length_ - body_bytes_, bytes.size()));
      take_body(bytes.substr(0, taken));
      return {.status = body_bytes_ == *content_length_ ? Status::complete
                                                        : Status::more,
              .consumed = taken};
    }
    case Framing::chunked: {
      const ChunkedDecoder::Step step = chunked_.next(bytes);
      take_body(step.data);
      const Status status =
          step.status == ChunkedDecoder::Status::done  ? Status::complete
          : step.status == ChunkedDecoder::Status::bad ? Status::bad
                                                       : Status::more;
      return {.status = status, .consumed = step.consumed};
    }
    case Framing::end_of_file:
      take_body(bytes);
      return {.status = Status::more, .consumed = bytes.size()};
  }
  return {.status = Status::bad, .consumed = 0};
}

ResponseParser::Step ResponseParser::skip(std::uint64_t bytes) {
  body_bytes_ += bytes;
  return {.status = skippable() == 0 ? Status::complete : Status::more,
          .consumed = 0};
}

void ResponseParser::take_body(std::string_view data) {
  if (expected_body_ && body_matches_) {
    const auto offset = static_cast<std::size_t>(
        std::min<std::uint64_t>(body_bytes_, expected_body_->size()));
    body_matches_ = expected_body_->substr(offset, data.size()) == data;
  }
  body_bytes_ += data.size();
}

ResponseParser::Status ResponseParser::end_of_file() const {
  return in_body_ && framing_ == Framing::end_of_file ? Status::complete
                                                      : Status::more;
}

}  // namespace sockmark
