#include "lib/service.h"

#include <cerrno>
#include <ctime>

#include "lib/clock.h"

namespace sockmark {
namespace {

using std::chrono::nanoseconds;

// The seeds' and everybody's body, cut or repeated to the size asked for.
std::string body_of(std::size_t bytes) {
  static constexpr std::string_view kText = "Hello, World!";
  std::string body;
  body.reserve(bytes);
  while (body.size() < bytes) {
    body.append(kText.substr(0, bytes - body.size()));
  }
  return body;
}

timespec to_timespec(nanoseconds duration) {
  return {.tv_sec = duration.count() / 1'000'000'000,
          .tv_nsec = duration.count() % 1'000'000'000};
}

void spin_until(clockid_t clock, nanoseconds duration) {
  const nanoseconds end = read_clock(clock) + duration;
  while (read_clock(clock) < end) {
  }
}

// A thread's CPU time is a system call, of a quarter of a microsecond and more:
// too coarse for a short spin. The wall clock is none, and while it counts when
// the CPU is another's, too, that is rarely within so little.
void spin(nanoseconds duration) {
  constexpr std::chrono::microseconds kShort(10);
  spin_until(duration < kShort ? CLOCK_MONOTONIC : CLOCK_THREAD_CPUTIME_ID,
             duration);
}

}  // namespace

Service::Service(const Options& options)
    : protocol_(options.protocol),
      keep_alive_(options.keep_alive),
      work_(options.work),
      idle_timeout_(options.idle_timeout),
      persistent_(build_reply("", options.body_bytes)),
      persistent_1_0_(
          build_reply("Connection: keep-alive\r\n", options.body_bytes)),
      closing_(build_reply("Connection: close\r\n", options.body_bytes)) {}

Service::Reply Service::build_reply(std::string_view connection_header,
                                    std::size_t body_bytes) {
  Reply reply;
  reply.bytes.append("HTTP/1.1 200 OK\r\nContent-Length: ")
      .append(std::to_string(body_bytes))
      .append("\r\nContent-Type: text/plain\r\n")
      .append(connection_header)
      .append("\r\n");
  reply.head_bytes = reply.bytes.size();
  reply.bytes.append(body_of(body_bytes));
  return reply;
}

void Service::work() const {
  switch (work_.kind) {
    case Work::Kind::none:
      return;
    case Work::Kind::sleep: {
      timespec left = to_timespec(work_.duration);
      while (nanosleep(&left, &left) == -1 && errno == EINTR) {
      }
      return;
    }
    case Work::Kind::spin:
      spin(work_.duration);
      return;
  }
}

std::string_view Service::handle(const RequestHead& request) const {
  work();
  const Reply& reply = !keeps_alive(request) ? closing_
                       : request.is_http_1_0 ? persistent_1_0_
                                             : persistent_;
  const std::string_view bytes = reply.bytes;
  return request.is_head ? bytes.substr(0, reply.head_bytes) : bytes;
}

std::string_view Service::rejection(int status) {
#define SOCKMARK_REJECTION(status_and_reason) \
  "HTTP/1.1 " status_and_reason               \
  "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
  switch (status) {
    case 431:
      return SOCKMARK_REJECTION("431 Request Header Fields Too Large");
    case 501:
      return SOCKMARK_REJECTION("501 Not Implemented");
    case 505:
      return SOCKMARK_REJECTION("505 HTTP Version Not Supported");
    default:
      return SOCKMARK_REJECTION("400 Bad Request");
  }
#undef SOCKMARK_REJECTION
}

}  // namespace sockmark
