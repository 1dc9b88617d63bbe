// Reply streams as servers send them, with what a client must make of each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace sockmark {

// What a reply is, once it has ended.
struct Reply {
  int status_code = 200;
  bool keep_alive = true;
  std::uint64_t body_bytes = 0;

  bool operator==(const Reply&) const = default;
};

struct ReplyStream {
  std::string name;  // letters and digits
  std::string bytes;
  Reply reply = {};
  bool answers_head = false;
  bool ends_with_the_connection = false;
  std::size_t behind = 0;  // bytes that follow the reply
};

std::vector<ReplyStream> good_replies();

// Streams that are no HTTP/1.x reply, or that say two things at once.
struct BadStream {
  std::string name;
  std::string bytes;
};

std::vector<BadStream> bad_replies();

// A good head of exactly so many bytes; its body is empty.
std::string head_of(std::size_t bytes);

}  // namespace sockmark
