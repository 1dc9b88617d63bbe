// HTTP/1.x replies, parsed incrementally and without I/O.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "lib/chunked.h"

namespace sockmark {

class ResponseParser {
 public:
  enum class Status { more, complete, bad };
  struct Step {
    Status status = Status::more;
    std::size_t consumed = 0;
  };

  // What the replies answer and should hold: a reply to HEAD has no body; an
  // expected body must outlive the parser.
  explicit ResponseParser(bool answers_head = false,
                          std::optional<std::string_view> expected_body = {})
      : answers_head_(answers_head), expected_body_(expected_body) {}

  // Makes ready for the next reply.
  void begin();

  // Consumes at most to the end of this reply. Interim replies (1xx) are
  // passed over. After `complete` or `bad`, call begin().
  Step feed(std::string_view bytes);

  // How many bytes of the body are still to come of which only the number
  // counts: they may go unread to skip() instead of to feed().
  std::uint64_t skippable() const {
    return in_body_ && framing_ == Framing::length && !expected_body_
               ? *content_length_ - body_bytes_
               : 0;
  }
  // At most skippable().
  Step skip(std::uint64_t bytes);

  // The peer closed. `complete` if that is how this reply ends, `more` if it is
  // cut short.
  Status end_of_file() const;

  // Of a reply that is complete:
  int status_code() const { return status_code_; }
  bool keep_alive() const { return keep_alive_; }
  std::uint64_t body_bytes() const { return body_bytes_; }
  bool body_is_as_expected() const {
    return body_matches_ && (!expected_body_ || answers_head_ ||
                             body_bytes_ == expected_body_->size());
  }

 private:
  enum class Framing : std::uint8_t { none, length, chunked, end_of_file };

  Step feed_head(std::string_view bytes);
  bool parse_head(std::string_view head);
  bool parse_status_line(std::string_view line);
  bool parse_header(std::string_view line);
  void choose_framing();
  Step feed_body(std::string_view bytes);
  void take_body(std::string_view data);

  bool answers_head_;
  std::optional<std::string_view> expected_body_;

  std::string partial_head_;
  bool in_body_ = false;
  int status_code_ = 0;
  bool keep_alive_ = true;
  Framing framing_ = Framing::end_of_file;
  std::optional<std::uint64_t> content_length_;
  std::uint64_t body_bytes_ = 0;
  bool body_matches_ = true;
  ChunkedDecoder chunked_;
};

}  // namespace sockmark
