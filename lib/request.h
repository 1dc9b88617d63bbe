// The head of an HTTP/1.x request, parsed without state, copies or
// allocation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sockmark {

// What a server has to know of a request to answer it.
struct RequestHead {
  bool is_head = false;  // the method is HEAD: a reply without its body
  bool is_http_1_0 = false;
  bool keep_alive = true;  // what the client wants, by version or by header
  bool chunked = false;    // the body comes in the chunked coding,
  std::uint64_t content_length = 0;  // or else with this many bytes
  bool expects_continue = false;     // wants a 100 before it sends the body
};

struct ParsedHead {
  enum class Status { incomplete, complete, rejected };
  Status status = Status::incomplete;
  RequestHead head;      // if complete
  std::size_t size = 0;  // bytes of the head, blank lines before it included
  int error_status = 0;  // if rejected: 400, 431, 501 or 505
};

// A head may have this many bytes.
inline constexpr std::size_t kLargestHead = 8192;

// Parses from the first byte of a request. Lenient where RFC 9112 allows it
// (blank lines before the request, bare LF), strict where leniency lets
// requests be smuggled (two lengths, both framings, folded lines, control
// characters). The verdict on a stream of bytes does not depend on how much of
// it has arrived, except that it may still be `incomplete`.
ParsedHead parse_request_head(std::string_view bytes);

}  // namespace sockmark
