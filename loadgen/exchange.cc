#include "loadgen/exchange.h"

#include <algorithm>
#include <utility>

#include "loadgen/request.h"

namespace sockmark {
namespace {

// Where dropping a body unread begins to pay.
constexpr std::uint64_t kLargeReply = 16 * 1024;

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

}  // namespace

ExchangeContext::ExchangeContext(const LoadSpec& load_spec)
    : spec(load_spec),
      request(build_request(load_spec)),
      requests(repeated(request, load_spec.pipeline + 1)) {}

Exchange::Exchange(ExchangeContext& context)
    : context_(context),
      tally_(context.tally),
      reader_(context.spec, context.request),
      pending_(static_cast<std::size_t>(context.spec.pipeline)) {}

void Exchange::begin(Nanoseconds intended, Nanoseconds now) {
  if (in_flight_ == 0) {
    reader_.begin();
    mid_reply_ = server_closes_ = false;
    awaits_first_byte_ = true;
  }
  const std::size_t last =
      (first_ + static_cast<std::size_t>(in_flight_)) % pending_.size();
  pending_[last] = {.intended = intended, .begun = now};
  ++in_flight_;
  unsent_ += context_.request.size();
  knows_sent_at_ = false;
  ++tally_.started;
  ++tally_.lifetime.requests_started;
  ++tally_.in_flight;
}

void Exchange::connected(Nanoseconds now) { connected_at_ = now; }

void Exchange::sent(std::size_t bytes, Nanoseconds now) {
  tally_.bytes_sent += bytes;
  offset_ = (offset_ + bytes) % context_.request.size();
  unsent_ -= bytes;
  if (unsent_ > 0 || in_flight_ == 0) return;
  sent_at_ = now;
  knows_sent_at_ = true;
  tally_.send.record(now - std::max(begun_at(), connected_at_));
}

void Exchange::handed_over() {
  tally_.bytes_sent += unsent_;
  unsent_ = offset_ = 0;
}

Exchange::Outcome Exchange::received(std::string_view bytes, Nanoseconds now) {
  tally_.bytes_received += bytes.size();
  if (awaits_first_byte_) {
    awaits_first_byte_ = false;
    if (knows_sent_at_) tally_.first_byte.record(now - sent_at_);
  }
  const int before = in_flight_;
  while (!bytes.empty()) {
    // Bytes behind the reply belong to no request of ours.
    if (in_flight_ == 0) return Outcome::unusable;
    const ReplyReader::Step step = take_reply(bytes, now);
    if (step.status == ReplyReader::Status::bad) return Outcome::unusable;
    if (step.status == ReplyReader::Status::complete && !keeps_connection()) {
      return Outcome::unusable;
    }
    bytes.remove_prefix(step.consumed);
  }
  return in_flight_ < before ? Outcome::ended : Outcome::more;
}

// After a whole reply. One that came before its request was all sent does not
// tell what the server makes of the rest.
bool Exchange::keeps_connection() const {
  const auto begun_since = static_cast<std::size_t>(in_flight_);
  return !server_closes_ && !context_.spec.close &&
         unsent_ <= begun_since * context_.request.size();
}

// Takes what belongs to the oldest request's reply.
ReplyReader::Step Exchange::take_reply(std::string_view bytes,
                                       Nanoseconds now) {
  const ReplyMemo& memo = context_.memo;
  if (!mid_reply_ && !memo.bytes.empty() && bytes.starts_with(memo.bytes)) {
    server_closes_ = !memo.keep_alive;
    ++tally_.lifetime.answers;
    record_latency(end_oldest(now), now);
    return {.status = ReplyReader::Status::complete,
            .consumed = memo.bytes.size()};
  }
  const bool is_whole = !std::exchange(mid_reply_, true);
  const ReplyReader::Step step = reader_.feed(bytes);
  switch (step.status) {
    case ReplyReader::Status::more:
      break;
    case ReplyReader::Status::bad:
      server_closes_ = false;
      fail(reader_.fault(), now);
      break;
    case ReplyReader::Status::complete:
      if (is_whole) learn(bytes.substr(0, step.consumed));
      complete(now);
      break;
  }
  return step;
}

void Exchange::learn(std::string_view reply) {
  if (reply.size() > ReplyMemo::kLargest || reader_.objection()) return;
  context_.memo.bytes.assign(reply);
  context_.memo.keep_alive = reader_.keep_alive();
}

std::uint64_t Exchange::skippable() const {
  return mid_reply_ ? reader_.skippable() : 0;
}

Exchange::Outcome Exchange::skipped(std::uint64_t bytes, Nanoseconds now) {
  tally_.bytes_received += bytes;
  if (reader_.skip(bytes).status != ReplyReader::Status::complete) {
    return Outcome::more;
  }
  complete(now);
  return keeps_connection() ? Outcome::ended : Outcome::unusable;
}

bool Exchange::end_of_file(Nanoseconds now) {
  if (in_flight_ == 0) return true;
  const bool is_whole =
      mid_reply_ && reader_.end_of_file() == ReplyReader::Status::complete;
  if (is_whole) complete(now);
  if (in_flight_ == 0) return true;
  fail(&Errors::closed, now);
  return false;
}

void Exchange::complete(Nanoseconds now) {
  server_closes_ = !reader_.keep_alive();
  expects_large_reply_ =
      reader_.body_bytes() >= kLargeReply && !context_.spec.expect_body;
  ++tally_.lifetime.answers;
  const ErrorKind objection = reader_.objection();
  const Pending request = end_oldest(now);
  if (!objection) return record_latency(request, now);
  ++(tally_.errors.*objection);
}

Exchange::Pending Exchange::end_oldest(Nanoseconds now) {
  const Pending request = pending_[first_];
  if (++first_ == pending_.size()) first_ = 0;
  --in_flight_;
  --tally_.in_flight;
  tally_.time_in_flight += now - request.begun;
  if (in_flight_ > 0) reader_.begin();
  mid_reply_ = false;
  return request;
}

void Exchange::record_latency(const Pending& request, Nanoseconds now) {
  served_ = true;
  ++tally_.completed;
  record_times(request, now);
}

void Exchange::record_times(const Pending& request, Nanoseconds now) {
  tally_.total.record(now - request.intended);
  tally_.service.record(now - std::max(request.begun, connected_at_));
}

void Exchange::fail(ErrorKind kind, Nanoseconds now) {
  const bool in_reply = mid_reply_;
  while (in_flight_ > 0) {
    const Pending request = end_oldest(now);
    ++(tally_.errors.*kind);
    if (kind == &Errors::timeout) record_times(request, now);
  }
  unsent_ = offset_ = 0;
  if (!in_reply) return;
  if (kind == &Errors::reset) ++tally_.causes.reset_in_reply;
  if (kind == &Errors::closed) ++tally_.causes.closed_in_reply;
}

Nanoseconds Exchange::time_in_flight(Nanoseconds now) const {
  Nanoseconds sum = 0;
  for (std::size_t i = 0; i < static_cast<std::size_t>(in_flight_); ++i) {
    sum += now - pending_[(first_ + i) % pending_.size()].begun;
  }
  return sum;
}

}  // namespace sockmark
