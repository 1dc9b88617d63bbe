#include "harness/server/http_reply.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "lib/chunked.h"
#include "lib/http.h"

namespace sockmark {
namespace {

using State = HttpReply::State;

struct Head {
  State state = State::incomplete;
  std::string_view status_line;
  int status = 0;
  std::optional<std::uint64_t> content_length;
  bool chunked = false;
  bool stays_open = false;
  std::size_t size = 0;
};

// "HTTP/1.1 200 OK": three digits behind the version.
std::optional<int> status_in(std::string_view line) {
  constexpr std::size_t kBefore = 9;
  constexpr std::size_t kDigits = 3;
  if (!line.starts_with("HTTP/1.") || line.size() < kBefore + kDigits) {
    return std::nullopt;
  }
  int status = 0;
  const char* const end = line.data() + kBefore + kDigits;
  const auto result = std::from_chars(line.data() + kBefore, end, status);
  if (result.ec != std::errc() || result.ptr != end || status < 100) {
    return std::nullopt;
  }
  return status;
}

// False if the head cannot be understood with this field.
bool take_field(std::string_view line, Head& head) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return false;
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = trim(line.substr(colon + 1));
  if (equals_ignoring_case(name, "content-length")) {
    const auto length = parse_content_length(value);
    if (!length || head.content_length.value_or(*length) != *length) {
      return false;
    }
    head.content_length = length;
  } else if (equals_ignoring_case(name, "transfer-encoding")) {
    head.chunked = list_has(value, "chunked");
    return head.chunked;
  } else if (equals_ignoring_case(name, "connection")) {
    if (list_has(value, "close")) head.stays_open = false;
    if (list_has(value, "keep-alive")) head.stays_open = true;
  }
  return true;
}

Head parse_head(std::string_view bytes) {
  Head head;
  while (const auto line = first_line(bytes.substr(head.size))) {
    head.size += line->next;
    if (head.status_line.empty()) {
      const auto status = status_in(line->text);
      head.state = status ? State::incomplete : State::bad;
      head.status_line = line->text;
      if (!status) return head;
      head.status = *status;
      head.stays_open = line->text.starts_with("HTTP/1.1");
    } else if (line->text.empty()) {
      head.state = State::complete;
      return head;
    } else if (!take_field(line->text, head)) {
      head.state = State::bad;
      return head;
    }
  }
  return head;
}

void decode_chunks(std::string_view bytes, HttpReply& reply) {
  ChunkedDecoder decoder;
  while (!bytes.empty()) {
    const auto step = decoder.next(bytes);
    bytes.remove_prefix(step.consumed);
    reply.size += step.consumed;
    reply.body += step.data;
    if (step.status == ChunkedDecoder::Status::more) continue;
    reply.state = step.status == ChunkedDecoder::Status::done ? State::complete
                                                              : State::bad;
    return;
  }
}

void take_body(std::string_view bytes, bool ended, const Head& head,
               HttpReply& reply) {
  constexpr int kNoContent = 204;
  constexpr int kNotModified = 304;
  if (head.chunked) return decode_chunks(bytes, reply);
  const bool has_none =
      head.status == kNoContent || head.status == kNotModified;
  const bool has_length = has_none || head.content_length;
  const std::uint64_t length = has_none ? 0 : head.content_length.value_or(0);
  reply.body = has_length ? bytes.substr(0, length) : bytes;
  reply.size += reply.body.size();
  reply.stays_open = reply.stays_open && has_length;
  const bool is_whole = has_length ? bytes.size() >= length : ended;
  if (is_whole) reply.state = State::complete;
}

}  // namespace

HttpReply parse_http_reply(std::string_view bytes, bool ended) {
  constexpr std::string_view kBegin = "HTTP/1.";
  constexpr int kFinal = 200;  // the first that is no interim reply
  HttpReply reply;
  const auto begin = bytes.substr(0, kBegin.size());
  if (!kBegin.starts_with(begin)) {
    reply.state = State::bad;
    return reply;
  }
  Head head = parse_head(bytes);
  while (head.state == State::complete && head.status < kFinal) {
    reply.size += head.size;
    bytes.remove_prefix(head.size);
    head = parse_head(bytes);
  }
  reply.status_line = head.status_line;
  reply.status = head.status;
  reply.stays_open = head.stays_open;
  if (head.state == State::complete) {
    reply.size += head.size;
    take_body(bytes.substr(head.size), ended, head, reply);
  } else {
    reply.state = head.state;
  }
  return reply;
}

}  // namespace sockmark
