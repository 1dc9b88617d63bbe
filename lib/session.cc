#include "lib/session.h"

#include <algorithm>
#include <utility>

#include "lib/counters.h"

namespace sockmark {
namespace {

// Replies to pipelined requests are joined up to this size. Beyond it, further
// requests wait until the peer has taken what it asked for, so that one that
// never reads costs bounded memory.
constexpr std::size_t kLargestJoined = 64 * 1024;
constexpr std::size_t kKeptJoined = 1024;  // by an idle session

// Gives the memory back, which neither clear() nor the assignment of an empty
// string does.
void release(std::string& buffer) { std::string().swap(buffer); }

}  // namespace

void Session::received(std::string_view bytes) {
  ++progress_;
  if (closing_) return;
  if (!input_.empty() || !output_.empty()) {
    input_.append(bytes);
    if (output_.empty()) consume_input();
    return;
  }
  const std::size_t used = consume(bytes);
  input_.assign(bytes.substr(used));
}

void Session::end_of_input() {
  input_ended_ = true;
  if (output_.empty()) closing_ = true;  // a request cut short gets no reply
}

void Session::abort() {
  output_ = held_ = {};
  input_ended_ = closing_ = true;
}

void Session::sent(std::size_t bytes) {
  ++progress_;
  if (output_.empty()) return;  // under way when the connection broke
  output_.remove_prefix(bytes);
  if (!output_.empty()) return;
  output_ = std::exchange(held_, {});
  if (joined_.capacity() > kKeptJoined) release(joined_);
  if (output_.empty() && !closing_) consume_input();
  if (output_.empty() && input_ended_) closing_ = true;
}

void Session::consume_input() {
  if (input_.empty()) return;
  const std::size_t used = consume(input_);
  input_.erase(0, used);
  if (input_.empty()) release(input_);
}

std::size_t Session::consume(std::string_view bytes) {
  std::size_t used = 0;
  while (used < bytes.size() && !closing_ && held_.empty() &&
         output_.size() < kLargestJoined) {
    const std::string_view rest = bytes.substr(used);
    const std::size_t taken = service_.protocol() == Protocol::echo
                                  ? consume_echo(rest)
                              : in_body_ ? consume_body(rest)
                                         : consume_head(rest);
    if (taken == 0) break;
    used += taken;
  }
  if (!closing_) return used;
  if (used < bytes.size()) leaves_input_ = true;
  return bytes.size();
}

std::size_t Session::consume_echo(std::string_view bytes) {
  service_.work();
  const std::string_view some = bytes.substr(0, kLargestJoined);
  joined_.assign(some);
  output_ = joined_;
  return some.size();
}

std::size_t Session::consume_head(std::string_view bytes) {
  const ParsedHead parsed = parse_request_head(bytes);
  switch (parsed.status) {
    case ParsedHead::Status::incomplete:
      return 0;
    case ParsedHead::Status::rejected:
      reject(parsed.error_status);
      return bytes.size();
    case ParsedHead::Status::complete:
      break;
  }
  request_ = parsed.head;
  in_body_ = request_.chunked || request_.content_length > 0;
  if (!in_body_) {
    reply_to_request();
  } else {
    chunked_ = ChunkedDecoder();
    if (request_.expects_continue && bytes.size() == parsed.size) {
      queue(Service::go_on());
    }
  }
  return parsed.size;
}

std::size_t Session::consume_body(std::string_view bytes) {
  if (!request_.chunked) {
    const auto taken = static_cast<std::size_t>(
        std::min<std::uint64_t>(request_.content_length, bytes.size()));
    request_.content_length -= taken;
    if (request_.content_length == 0) reply_to_request();
    return taken;
  }
  const ChunkedDecoder::Step step = chunked_.next(bytes);
  if (step.status == ChunkedDecoder::Status::bad) reject(400);
  if (step.status == ChunkedDecoder::Status::done) reply_to_request();
  return step.consumed;
}

void Session::reply_to_request() {
  in_body_ = false;
  const std::string_view reply = service_.handle(request_);
  count_request();
  queue(reply);
  if (service_.keeps_alive(request_)) return;
  closing_ = true;
  // Takes so long to send that more may have come in the meantime.
  if (reply.size() > kLargestJoined) leaves_input_ = true;
}

void Session::reject(int status) {
  count_request();
  queue(Service::rejection(status));
  closing_ = leaves_input_ = true;
}

void Session::queue(std::string_view reply) {
  if (output_.empty()) {
    output_ = reply;
  } else if (output_.size() + reply.size() > kLargestJoined) {
    held_ = reply;
  } else {
    if (output_.data() != joined_.data()) joined_.assign(output_);
    joined_.append(reply);
    output_ = joined_;
  }
}

}  // namespace sockmark
