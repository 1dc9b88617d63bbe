#include "lib/request.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "lib/http.h"

namespace sockmark {
namespace {

constexpr int kBadRequest = 400;
constexpr int kNotImplemented = 501;
constexpr int kVersionNotSupported = 505;

constexpr auto kTokenCharacters = [] {
  std::array<bool, 256> table{};
  for (char c = 'a'; c <= 'z'; ++c) table[static_cast<unsigned char>(c)] = true;
  for (char c = 'A'; c <= 'Z'; ++c) table[static_cast<unsigned char>(c)] = true;
  for (char c = '0'; c <= '9'; ++c) table[static_cast<unsigned char>(c)] = true;
  for (const char c : std::string_view("!#$%&'*+-.^_`|~")) {
    table[static_cast<unsigned char>(c)] = true;
  }
  return table;
}();

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return kTokenCharacters[static_cast<unsigned char>(c)];
  });
}

// Written without a branch, so that the compiler vectorises it.
bool has_control_character(std::string_view text) {
  bool found = false;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    found |= (byte < 0x20) & (byte != '\t');
    found |= byte == 0x7f;
  }
  return found;
}

// One request's head, line by line. Each step returns 0 or the error status.
class HeadParser {
 public:
  int request_line(std::string_view line) {
    const auto method_end = line.find(' ');
    const auto version_start = line.rfind(' ');
    if (method_end == std::string_view::npos || version_start == method_end ||
        line.find(' ', method_end + 1) != version_start) {
      return kBadRequest;
    }
    const auto method = line.substr(0, method_end);
    const auto target =
        line.substr(method_end + 1, version_start - method_end - 1);
    const auto version = line.substr(version_start + 1);
    if (!is_token(method) || target.empty() || !version.starts_with("HTTP/")) {
      return kBadRequest;
    }
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
      return kVersionNotSupported;
    }
    head_.is_head = method == "HEAD";
    head_.is_http_1_0 = version == "HTTP/1.0";
    head_.keep_alive = !head_.is_http_1_0;
    return 0;
  }

  int header(std::string_view line) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
      return kBadRequest;
    }
    const auto name = line.substr(0, colon);
    const auto value = trim(line.substr(colon + 1));
    switch (name.size()) {  // most headers are told apart by length alone
      case 4:
        return equals_ignoring_case(name, "host") ? host() : 0;
      case 6:
        return equals_ignoring_case(name, "expect") ? expect(value) : 0;
      case 10:
        return equals_ignoring_case(name, "connection") ? connection(value) : 0;
      case 14:
        return equals_ignoring_case(name, "content-length") ? length(value) : 0;
      case 17:
        return equals_ignoring_case(name, "transfer-encoding") ? coding(value)
                                                               : 0;
      default:
        return 0;
    }
  }

  int end_of_head() const {
    const bool host_is_missing = !has_host_ && !head_.is_http_1_0;
    return host_is_missing || (head_.chunked && length_) ? kBadRequest : 0;
  }

  RequestHead head() const {
    RequestHead head = head_;
    head.content_length = length_.value_or(0);
    if (closes_) head.keep_alive = false;
    return head;
  }

 private:
  int host() { return std::exchange(has_host_, true) ? kBadRequest : 0; }

  int expect(std::string_view value) {
    head_.expects_continue =
        !head_.is_http_1_0 && equals_ignoring_case(value, "100-continue");
    return 0;
  }

  int connection(std::string_view value) {
    if (list_has(value, "close")) {
      closes_ = true;
    } else if (list_has(value, "keep-alive")) {
      head_.keep_alive = true;
    }
    return 0;
  }

  int length(std::string_view value) {
    const auto parsed = parse_content_length(value);
    if (!parsed || (length_ && *length_ != *parsed)) return kBadRequest;
    length_ = parsed;
    return 0;
  }

  int coding(std::string_view value) {
    if (head_.is_http_1_0 || head_.chunked) return kBadRequest;
    if (!equals_ignoring_case(value, "chunked")) return kNotImplemented;
    head_.chunked = true;
    return 0;
  }

  RequestHead head_;
  bool has_host_ = false;
  bool closes_ = false;
  std::optional<std::uint64_t> length_;
};

ParsedHead rejected(int status) {
  return {.status = ParsedHead::Status::rejected,
          .head = {},
          .size = 0,
          .error_status = status};
}

}  // namespace

ParsedHead parse_request_head(std::string_view bytes) {
  const std::string_view window = bytes.substr(0, kLargestHead);
  HeadParser parser;
  bool in_headers = false;
  std::size_t position = 0;
  while (const auto line = first_line(window.substr(position))) {
    position += line->next;
    int error = 0;
    if (has_control_character(line->text)) {
      error = kBadRequest;
    } else if (!line->text.empty()) {
      error = in_headers ? parser.header(line->text)
                         : parser.request_line(line->text);
      in_headers = true;
    } else if (in_headers) {
      error = parser.end_of_head();
      if (error == 0) {
        return {.status = ParsedHead::Status::complete,
                .head = parser.head(),
                .size = position,
                .error_status = 0};
      }
    }
    if (error != 0) return rejected(error);
  }
  // Refuse bytes that cannot become a head, such as TLS, without waiting for
  // the end of their line. A CR at the very end may belong to one.
  std::string_view rest = window.substr(position);
  if (!rest.empty() && rest.back() == '\r') rest.remove_suffix(1);
  if (has_control_character(rest)) return rejected(kBadRequest);
  if (bytes.size() > kLargestHead) return rejected(431);
  return {};
}

}  // namespace sockmark
