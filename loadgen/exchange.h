// One connection's requests and replies without their I/O: bytes and times in,
// bytes and counts out. Every engine drives the same one.
#pragma once

#include <string>
#include <string_view>

#include "loadgen/options.h"
#include "loadgen/response.h"
#include "loadgen/tally.h"

namespace sockmark {

class Exchange {
 public:
  // All three must outlive the exchange; `tally` belongs to its thread.
  Exchange(const LoadSpec& spec, const std::string& request, Tally& tally)
      : spec_(spec),
        request_(request),
        tally_(tally),
        parser_(false, spec.expect_body) {}

  // A request begins. If a connection has to be made for it, that is part of
  // it: call connected() when it stands.
  void begin(Nanoseconds now);
  void connected(Nanoseconds now);

  // What is still to be sent of the request.
  std::string_view output() const { return output_; }
  void sent(std::size_t bytes, Nanoseconds now);

  // True when the request has ended, well or not.
  bool received(std::string_view bytes, Nanoseconds now);

  // The server closed the connection. That ends the request, if there is one:
  // false if it ends without its whole reply.
  bool end_of_file(Nanoseconds now);

  // Ends the request, if there is one, without a reply that counts.
  void fail(ErrorKind kind);

  bool in_flight() const { return in_flight_; }
  // Whether the connection can carry another request; if not, whether the
  // server has said that it will close it.
  bool reusable() const { return reusable_; }
  bool server_closes() const { return !parser_.keep_alive(); }
  Nanoseconds begun_at() const { return begun_at_; }

  // Whether a request was answered since the last forget_served().
  bool served() const { return served_; }
  void forget_served() { served_ = false; }

 private:
  void complete(Nanoseconds now);

  const LoadSpec& spec_;
  const std::string& request_;
  Tally& tally_;
  ResponseParser parser_;
  std::string_view output_;
  Nanoseconds begun_at_ = 0;  // also the intended time: this is a closed loop
  Nanoseconds ready_at_ = 0;  // when sending could start
  Nanoseconds sent_at_ = 0;
  bool in_flight_ = false;
  bool awaits_first_byte_ = false;
  bool reusable_ = false;
  bool served_ = false;
};

}  // namespace sockmark
