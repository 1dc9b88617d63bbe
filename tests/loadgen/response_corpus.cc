#include "tests/loadgen/response_corpus.h"

namespace sockmark {
namespace {

const std::string kOk = "HTTP/1.1 200 OK\r\n";
const std::string kChunked = kOk + "Transfer-Encoding: chunked\r\n\r\n";
const std::string kHello = "Content-Length: 5\r\n\r\nhello";

}  // namespace

std::vector<ReplyStream> good_replies() {
  return {
      {"ContentLength", kOk + kHello, {.body_bytes = 5}},
      {"NoBody", kOk + "Content-Length: 0\r\n\r\n"},
      {"LeadingZeros",
       kOk + "Content-Length: 005\r\n\r\nhello",
       {.body_bytes = 5}},
      {"Nginx",
       kOk +
           "Server: nginx/1.22.1\r\nDate: Sun, 22 Nov 2026 03:00:00 GMT\r\n"
           "Content-Type: text/html; charset=utf-8\r\nETag: \"63\"\r\n"
           "Connection: keep-alive\r\nAccept-Ranges: bytes\r\n" +
           kHello,
       {.body_bytes = 5}},
      {"Chunked",
       kChunked + "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n",
       {.body_bytes = 11}},
      {"ChunkedWithoutData", kChunked + "0\r\n\r\n"},
      {"ChunkExtensions",
       kChunked + "5;a=b\r\nhello\r\n0A ; c=\"d\"\r\n0123456789\r\n0;e\r\n\r\n",
       {.body_bytes = 15}},
      {"Trailers",
       kChunked + "5\r\nhello\r\n0\r\nDigest: x\r\nConnection: close\r\n\r\n",
       {.body_bytes = 5}},
      {"ChunkedInCapitals",
       kOk + "TRANSFER-ENCODING: Chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
       {.body_bytes = 2}},
      {"ChunkedOverridesLength",
       kOk + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
             "5\r\nhello\r\n0\r\n\r\n",
       {.body_bytes = 5}},
      {"LengthBeforeChunkedOverrides",
       kOk + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n"
             "5\r\nhello\r\n0\r\n\r\n",
       {.body_bytes = 5}},
      {.name = "EndOfFile",
       .bytes = kOk + "Content-Type: text/plain\r\n\r\nhello",
       .reply = {.keep_alive = false, .body_bytes = 5},
       .ends_with_the_connection = true},
      {.name = "EndOfFileOfHttp10",
       .bytes = "HTTP/1.0 200 OK\r\n\r\nhello",
       .reply = {.keep_alive = false, .body_bytes = 5},
       .ends_with_the_connection = true},
      {.name = "EndOfFileWithoutBody",
       .bytes = kOk + "\r\n",
       .reply = {.keep_alive = false},
       .ends_with_the_connection = true},
      {.name = "Head",
       .bytes = kOk + "Content-Length: 13\r\n\r\n",
       .answers_head = true},
      {.name = "HeadOfChunked", .bytes = kChunked, .answers_head = true},
      {.name = "HeadWithoutLength",
       .bytes = kOk + "\r\n",
       .answers_head = true},
      {"InterimReplies",
       "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n"
       "Link: </a.css>\r\nContent-Length: 9\r\nConnection: close\r\n\r\n" +
           kOk + kHello,
       {.body_bytes = 5}},
      {"SwitchingProtocols",
       "HTTP/1.1 101 Switching Protocols\r\n\r\n",
       {.status_code = 101}},
      {"NoContent", "HTTP/1.1 204 No Content\r\n\r\n", {.status_code = 204}},
      {"NotModified",
       "HTTP/1.1 304 Not Modified\r\nContent-Length: 42\r\n\r\n",
       {.status_code = 304}},
      {"NoReason", "HTTP/1.1 200\r\n" + kHello, {.body_bytes = 5}},
      {"EmptyReason", "HTTP/1.1 200 \r\n" + kHello, {.body_bytes = 5}},
      {"LowerCaseNames",
       "HTTP/1.1 200 ok\r\ncontent-length:5\r\n\r\nhello",
       {.body_bytes = 5}},
      {"BlanksAroundValues",
       kOk + "Content-Length: \t 5 \t\r\nConnection:  close \r\n\r\nhello",
       {.keep_alive = false, .body_bytes = 5}},
      {"BareLineFeeds",
       "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello",
       {.body_bytes = 5}},
      {"BodyThatLooksLikeAHead",
       kOk + "Content-Length: 8\r\n\r\n\r\n\r\n\r\n\r\n",
       {.body_bytes = 8}},
      {"Http10",
       "HTTP/1.0 200 OK\r\n" + kHello,
       {.keep_alive = false, .body_bytes = 5}},
      {"Http10KeptAlive",
       "HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\n" + kHello,
       {.body_bytes = 5}},
      {"Close",
       kOk + "Connection: close\r\n" + kHello,
       {.keep_alive = false, .body_bytes = 5}},
      {"CloseInAList",
       kOk + "Connection: te, Close\r\n" + kHello,
       {.keep_alive = false, .body_bytes = 5}},
      {"TwoEqualLengths",
       kOk + "Content-Length: 5\r\n" + kHello,
       {.body_bytes = 5}},
      {"ServerError",
       "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n",
       {.status_code = 503}},
      {.name = "BytesBehind",
       .bytes = kOk + kHello + "HTTP/1.1 200 OK\r\n",
       .reply = {.body_bytes = 5},
       .behind = 17},
      {.name = "BytesBehindChunks",
       .bytes = kChunked + "5\r\nhello\r\n0\r\n\r\n\r\n",
       .reply = {.body_bytes = 5},
       .behind = 2},
      {.name = "BytesBehindNoContent",
       .bytes = "HTTP/1.1 204 No Content\r\n\r\nhello",
       .reply = {.status_code = 204},
       .behind = 5},
  };
}

std::vector<BadStream> bad_replies() {
  return {
      {"Garbage", "hello, who is there?\r\n\r\n"},
      {"Ssh", "SSH-2.0-OpenSSH_9.2p1\r\n"},
      {"Binary", std::string("\x00\x00\x12\x04\x00\x00", 6)},
      {"BlankLineFirst", "\r\n" + kOk + kHello},
      {"LowerCaseProtocol", "http/1.1 200 OK\r\n" + kHello},
      {"Http2", "HTTP/2.0 200 OK\r\n" + kHello},
      {"NoMinorVersion", "HTTP/1 200 OK\r\n" + kHello},
      {"StatusOfTwoDigits", "HTTP/1.1 99 Low\r\n" + kHello},
      {"StatusBelow100", "HTTP/1.1 099 Low\r\n" + kHello},
      {"StatusOfFourDigits", "HTTP/1.1 2000 OK\r\n" + kHello},
      {"StatusOfLetters", "HTTP/1.1 abc OK\r\n" + kHello},
      {"NoStatus", "HTTP/1.1\r\n" + kHello},
      {"TabBehindStatus", "HTTP/1.1 200\tOK\r\n" + kHello},
      {"TwoDifferentLengths", kOk + "Content-Length: 4\r\n" + kHello},
      {"NegativeLength", kOk + "Content-Length: -5\r\n\r\nhello"},
      {"EmptyLength", kOk + "Content-Length:\r\n\r\nhello"},
      {"HugeLength", kOk + "Content-Length: 9223372036854775808\r\n\r\n"},
      {"LengthOfLetters", kOk + "Content-Length: five\r\n\r\nhello"},
      {"UnknownCoding", kOk + "Transfer-Encoding: gzip\r\n\r\n"},
      {"HeaderWithoutColon", kOk + "Content-Length 5\r\n\r\nhello"},
      {"BadChunkSize", kChunked + "five\r\nhello\r\n0\r\n\r\n"},
      {"NegativeChunkSize", kChunked + "-5\r\nhello\r\n0\r\n\r\n"},
      {"ChunkTooLongForItsSize", kChunked + "4\r\nhello\r\n0\r\n\r\n"},
      {"ChunksWithBareLineFeeds", kChunked + "5\nhello\n0\n\n"},
      {"HugeChunkSize", kChunked + "ffffffffffffffffff\r\n"},
  };
}

std::string head_of(std::size_t bytes) {
  std::string head = kOk + "Content-Length: 0\r\nFill: ";
  head.append(bytes - head.size() - 4, 'x');
  return head + "\r\n\r\n";
}

}  // namespace sockmark
