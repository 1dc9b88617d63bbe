// The bytes that a server must reply with, spelled out here and not taken from
// lib/service: a test that asks the code what is right finds nothing.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sockmark {

inline constexpr std::size_t kDefaultBody = 13;
inline constexpr std::string_view kClose = "Connection: close\r\n";
inline constexpr std::string_view kKeepAlive = "Connection: keep-alive\r\n";
inline constexpr std::string_view kGoOn = "HTTP/1.1 100 Continue\r\n\r\n";
inline constexpr std::string_view kGet = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
inline constexpr std::string_view kGetAndClose =
    "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
inline constexpr std::string_view kHead = "HEAD / HTTP/1.1\r\nHost: h\r\n\r\n";

// The head of a good reply; `connection` is a whole header line.
inline std::string reply_head(std::string_view connection = "",
                              std::size_t body_bytes = kDefaultBody) {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body_bytes) +
         "\r\nContent-Type: text/plain\r\n" + std::string(connection) + "\r\n";
}

inline std::string reply(std::string_view connection = "",
                         std::size_t body_bytes = kDefaultBody) {
  std::string bytes = reply_head(connection, body_bytes);
  const std::size_t size = bytes.size() + body_bytes;
  bytes.reserve(size + kDefaultBody);
  while (bytes.size() < size) bytes += "Hello, World!";
  bytes.resize(size);
  return bytes;
}

// As in refusal("400 Bad Request").
inline std::string refusal(std::string_view status) {
  return "HTTP/1.1 " + std::string(status) +
         "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
}

// Whether a 100 is sent depends on how the request is cut.
inline std::string without_interim_replies(std::string replies) {
  for (std::size_t at = 0;
       (at = replies.find(kGoOn, at)) != std::string::npos;) {
    replies.erase(at, kGoOn.size());
  }
  return replies;
}

inline std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

}  // namespace sockmark
