#include "loadgen/exchange.h"

namespace sockmark {

void Exchange::begin(Nanoseconds now) {
  begun_at_ = ready_at_ = now;
  output_ = request_;
  parser_.begin();
  in_flight_ = awaits_first_byte_ = true;
  reusable_ = false;
  ++tally_.started;
  ++tally_.in_flight;
}

void Exchange::connected(Nanoseconds now) {
  ready_at_ = now;
  tally_.connect.record(now - begun_at_);
}

void Exchange::sent(std::size_t bytes, Nanoseconds now) {
  tally_.bytes_sent += bytes;
  output_.remove_prefix(bytes);
  if (!output_.empty()) return;
  sent_at_ = now;
  tally_.send.record(now - ready_at_);
}

bool Exchange::received(std::string_view bytes, Nanoseconds now) {
  tally_.bytes_received += bytes.size();
  if (awaits_first_byte_) {
    awaits_first_byte_ = false;
    tally_.first_byte.record(now - sent_at_);
  }
  const ResponseParser::Step step = parser_.feed(bytes);
  switch (step.status) {
    case ResponseParser::Status::more:
      return false;
    case ResponseParser::Status::bad:
      fail(&Errors::parse);
      return true;
    case ResponseParser::Status::complete:
      // Bytes behind the reply belong to no request of ours.
      reusable_ = parser_.keep_alive() && !spec_.close && output_.empty() &&
                  step.consumed == bytes.size();
      complete(now);
      return true;
  }
  return true;
}

bool Exchange::end_of_file(Nanoseconds now) {
  if (!in_flight_) return true;
  if (parser_.end_of_file() == ResponseParser::Status::complete) {
    complete(now);
    return true;
  }
  fail(&Errors::closed);
  return false;
}

void Exchange::complete(Nanoseconds now) {
  const int status = parser_.status_code();
  const bool is_right_status = spec_.expect_status
                                   ? status == *spec_.expect_status
                                   : status >= 200 && status < 400;
  if (!is_right_status) return fail(&Errors::status);
  if (!parser_.body_is_as_expected()) return fail(&Errors::body);
  in_flight_ = false;
  served_ = true;
  --tally_.in_flight;
  ++tally_.completed;
  tally_.total.record(now - begun_at_);
  tally_.service.record(now - ready_at_);
}

void Exchange::fail(ErrorKind kind) {
  if (!in_flight_) return;
  in_flight_ = false;
  --tally_.in_flight;
  ++(tally_.errors.*kind);
}

}  // namespace sockmark
