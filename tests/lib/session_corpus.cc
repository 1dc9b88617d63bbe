#include "tests/lib/session_corpus.h"

#include <string_view>

#include "tests/lib/options_with.h"
#include "tests/lib/replies.h"

namespace sockmark {
namespace {

using namespace std::string_literals;

constexpr std::string_view kGet10 = "GET / HTTP/1.0\r\n\r\n";

std::string get_with(std::string_view headers) {
  return "GET / HTTP/1.1\r\nHost: h\r\n" + std::string(headers) + "\r\n";
}

std::string post_with(std::string_view headers, std::string_view body) {
  return "POST / HTTP/1.1\r\nHost: h\r\n" + std::string(headers) + "\r\n" +
         std::string(body);
}

std::string chunked(std::string_view body) {
  return post_with("Transfer-Encoding: chunked\r\n", body);
}

// A GET whose head has exactly so many bytes.
std::string get_of_size(std::size_t bytes) {
  const std::string empty = get_with("X: \r\n");
  return get_with("X: " + std::string(bytes - empty.size(), 'x') + "\r\n");
}

std::vector<Exchange> plain_exchanges() {
  const std::string get(kGet);
  const std::string closing(kGetAndClose);
  return {
      {"get", get, reply()},
      {"half_a_head", "GET / HTTP/1.1\r\nHo", ""},
      {"get_then_close", get + closing, reply() + reply(kClose), Want::close},
      {"close", closing, reply(kClose), Want::close},
      {"close_in_a_list", get_with("Connection: te, CLOSE\r\n"), reply(kClose),
       Want::close},
      {"nothing_behind_close", closing + get, reply(kClose), Want::close},
      {"keep_alive_off", get + get, reply(kClose), Want::close,
       with_keep_alive_off()},
      {"http_1_0", std::string(kGet10), reply(kClose), Want::close},
      {"http_1_0_keep_alive",
       "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", reply(kKeepAlive)},
      {"http_1_0_keep_alive_off",
       "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", reply(kClose),
       Want::close, with_keep_alive_off()},
      {"head", std::string(kHead) + get, reply_head() + reply()},
      {"head_http_1_0", "HEAD / HTTP/1.0\r\n\r\n", reply_head(kClose),
       Want::close},
      {"bare_line_feeds", "GET / HTTP/1.1\nHost: h\n\n" + get,
       reply() + reply()},
      {"blank_lines_first", "\r\n\n\r\n" + get + "\r\n" + get,
       reply() + reply()},
      {"lower_case_names",
       "GET / HTTP/1.1\r\nhost: h\r\nconnection: close\r\n"s + "\r\n",
       reply(kClose), Want::close},
      {"no_space_behind_colon",
       "GET / HTTP/1.1\r\nHost:h\r\nConnection:close\r\n\r\n", reply(kClose),
       Want::close},
      {"empty_value", get_with("Accept:\r\nX: \t \r\n"), reply()},
      {"unknown_method", "BREW /pot HTTP/1.1\r\nHost: h\r\n\r\n", reply()},
      {"bytes_above_ascii", get_with("X: \xc3\xa9\r\n"), reply()},
      {"three_at_once", repeated(get, 3), repeated(reply(), 3)},
      {"sixteen_at_once", repeated(get, 16), repeated(reply(), 16)},
      {"largest_head", get_of_size(8192) + get, reply() + reply()},
      {"no_body", get, reply("", 0), Want::read, with_body(0)},
      {"larger_than_a_join", repeated(get, 3), repeated(reply("", 70'000), 3),
       Want::read, with_body(70'000)},
  };
}

std::vector<Exchange> exchanges_with_bodies() {
  const std::string get(kGet);
  const std::string both = reply() + reply();
  return {
      {"length", post_with("Content-Length: 5\r\n", "hello") + get, both},
      {"length_0", post_with("Content-Length: 0\r\n", "") + get, both},
      {"same_length_twice",
       post_with("Content-Length: 5\r\nContent-Length: 5\r\n", "hello") + get,
       both},
      {"body_of_a_get", get_with("Content-Length: 5\r\n") + "hello" + get,
       both},
      {"body_looks_like_a_request",
       post_with("Content-Length: 27\r\n", kGet) + get, both},
      {"half_a_body", post_with("Content-Length: 5\r\n", "he"), ""},
      {"body_then_close",
       post_with("Content-Length: 5\r\nConnection: close\r\n", "hello"),
       reply(kClose), Want::close},
      {"chunked", chunked("5\r\nhello\r\n0\r\n\r\n") + get, both},
      {"chunked_empty", chunked("0\r\n\r\n") + get, both},
      {"chunked_in_capitals",
       post_with("TRANSFER-ENCODING: Chunked\r\n", "A\r\n0123456789\r\n0\r\n") +
           "\r\n" + get,
       both},
      {"chunk_extensions",
       chunked("5;name=\"a;b\"\r\nhello\r\n1 ; x\r\n!\r\n00;last\r\n\r\n") +
           get,
       both},
      {"trailers", chunked("5\r\nhello\r\n0\r\nA: b\r\nC: d\r\n\r\n") + get,
       both},
      {"half_a_chunked_body", chunked("5\r\nhello\r\n0\r\n"), ""},
      {"expect_continue",
       post_with("Expect: 100-continue\r\nContent-Length: 5\r\n", "hello") +
           get,
       both},
      {"expect_continue_chunked",
       post_with("Expect: 100-Continue\r\nTransfer-Encoding: chunked\r\n",
                 "5\r\nhello\r\n0\r\n\r\n") +
           get,
       both},
      {"expect_continue_without_a_body", get_with("Expect: 100-continue\r\n"),
       reply()},
  };
}

struct Refused {
  std::string name;
  std::string input;
};

std::vector<Refused> bad_requests() {
  return {
      {"no_host", "GET / HTTP/1.1\r\n\r\n"},
      {"two_hosts", get_with("Host: h\r\n")},
      {"length_and_chunked",
       get_with("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")},
      {"chunked_and_length",
       get_with("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n")},
      {"chunked_twice", get_with("Transfer-Encoding: chunked\r\n"
                                 "Transfer-Encoding: chunked\r\n")},
      {"chunked_http_1_0",
       "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"},
      {"two_lengths", get_with("Content-Length: 5\r\nContent-Length: 6\r\n")},
      {"length_negative", get_with("Content-Length: -5\r\n")},
      {"length_with_a_plus", get_with("Content-Length: +5\r\n")},
      {"length_of_2_to_63",
       get_with("Content-Length: 9223372036854775808\r\n")},
      {"length_overflows",
       get_with("Content-Length: 99999999999999999999\r\n")},
      {"length_list", get_with("Content-Length: 5, 5\r\n")},
      {"length_empty", get_with("Content-Length:\r\n")},
      {"length_hexadecimal", get_with("Content-Length: 0x5\r\n")},
      {"folded_line", get_with("X: a\r\n b\r\n")},
      {"folded_line_with_colon", get_with("X: a\r\n\tY: b\r\n")},
      {"space_before_colon", get_with("X : a\r\n")},
      {"no_colon", get_with("X\r\n")},
      {"no_name", get_with(": a\r\n")},
      {"nul", "\0\0\0\0"s},
      {"nul_in_a_value", get_with("X: a\0b\r\n"s)},
      {"delete_in_a_value", get_with("X: a\x7f\r\n")},
      {"return_within_a_line", get_with("X: a\rY: b\r\n")},
      {"tls_hello", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n\n"s},
      {"no_version", "GET /\r\n\r\n"},
      {"no_target", "GET HTTP/1.1\r\n\r\n"},
      {"two_spaces", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"space_in_the_target", "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"lower_case_version", "GET / http/1.1\r\nHost: h\r\n\r\n"},
      {"garbage", "hello\r\n\r\n"},
      {"chunk_without_size", chunked("\r\nhello\r\n0\r\n\r\n")},
      {"chunk_size_negative", chunked("-5\r\nhello\r\n0\r\n\r\n")},
      {"chunk_size_overflows", chunked("fffffffffffffffff\r\n")},
      {"chunk_size_then_bare_line_feed", chunked("5\nhello\r\n0\r\n\r\n")},
      {"chunk_size_then_bare_return", chunked("5\rx\r\nhello\r\n0\r\n\r\n")},
      {"chunk_longer_than_its_size", chunked("5\r\nhello!\r\n0\r\n\r\n")},
  };
}

std::vector<Exchange> refused_with(std::string_view status,
                                   const std::vector<Refused>& inputs) {
  std::vector<Exchange> exchanges;
  for (const Refused& refused : inputs) {
    exchanges.push_back(
        {refused.name, refused.input, refusal(status), Want::close});
  }
  return exchanges;
}

void append(std::vector<Exchange>& all, std::vector<Exchange> more) {
  all.insert(all.end(), more.begin(), more.end());
}

}  // namespace

std::vector<Exchange> good_exchanges() {
  std::vector<Exchange> all = plain_exchanges();
  append(all, exchanges_with_bodies());
  return all;
}

std::vector<Exchange> refused_exchanges() {
  std::vector<Exchange> all = refused_with("400 Bad Request", bad_requests());
  append(all,
         refused_with("431 Request Header Fields Too Large",
                      {{"head_one_too_large", get_of_size(8193)},
                       {"head_too_large", get_of_size(20'000)},
                       {"request_line_too_long", std::string(9000, 'G')},
                       {"blank_lines_without_end", repeated("\r\n", 5000)}}));
  append(
      all,
      refused_with(
          "501 Not Implemented",
          {{"unknown_coding", get_with("Transfer-Encoding: gzip\r\n")},
           {"two_codings", get_with("Transfer-Encoding: gzip, chunked\r\n")}}));
  append(all,
         refused_with("505 HTTP Version Not Supported",
                      {{"http_2_preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
                       {"http_0_9", "GET / HTTP/0.9\r\n\r\n"}}));
  append(all, {{"good_before_bad", std::string(kGet) + "hello\r\n",
                reply() + refusal("400 Bad Request"), Want::close}});
  return all;
}

}  // namespace sockmark
