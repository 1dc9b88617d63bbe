// One connection's requests and replies without their I/O: bytes and times in,
// bytes and counts out. Every engine drives the same one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "loadgen/options.h"
#include "loadgen/reply_reader.h"
#include "loadgen/tally.h"

namespace sockmark {

// What the exchanges of one thread share.
struct ExchangeContext {
  // `spec` must outlive it.
  explicit ExchangeContext(const LoadSpec& load_spec);

  const LoadSpec& spec;
  const std::string request;
  const std::string requests;  // so often that any run of unsent bytes is in it
  ReplyMemo memo;
  Tally tally;
};

class Exchange {
 public:
  enum class Outcome {
    more,     // the reply is not whole yet
    ended,    // a request has ended, and the connection can carry the next
    unusable  // the last request has ended, or is not going to
  };

  // `context` must outlive the exchange.
  explicit Exchange(ExchangeContext& context);

  // A request begins that was due at `intended`. There may be as many at a time
  // as the pipeline is deep.
  void begin(Nanoseconds intended, Nanoseconds now);
  // The connection stands: only now can requests begun before be sent.
  void connected(Nanoseconds now);

  // What is still to be sent. Valid as long as the context.
  std::string_view output() const {
    return std::string_view(context_.requests).substr(offset_, unsent_);
  }
  void sent(std::size_t bytes, Nanoseconds now);
  // All of the output is on its way, and nobody will say when it was sent.
  void handed_over();

  Outcome received(std::string_view bytes, Nanoseconds now);

  // How many bytes of a body are still to come of which only the number counts:
  // they may be dropped unread, if skipped() is told.
  std::uint64_t skippable() const;
  Outcome skipped(std::uint64_t bytes, Nanoseconds now);
  // Whether the next reply will be mostly skippable, if it is like the last.
  bool expects_large_reply() const { return expects_large_reply_; }

  // The server closed the connection. That ends the request, if there is one:
  // false if it ends without its whole reply.
  bool end_of_file(Nanoseconds now);

  // The connection is lost, or given up. Ends the requests, if there are any,
  // without a reply that counts.
  void fail(ErrorKind kind, Nanoseconds now);

  int in_flight() const { return in_flight_; }
  // Whether the server has said that it will close the connection.
  bool server_closes() const { return server_closes_; }
  // Of the oldest request.
  Nanoseconds begun_at() const { return pending_[first_].begun; }
  // Of all, by now.
  Nanoseconds time_in_flight(Nanoseconds now) const;

  // Whether a request was answered since the last forget_served().
  bool served() const { return served_; }
  void forget_served() { served_ = false; }

 private:
  struct Pending {
    Nanoseconds intended = 0;
    Nanoseconds begun = 0;
  };

  ReplyReader::Step take_reply(std::string_view bytes, Nanoseconds now);
  bool keeps_connection() const;
  void learn(std::string_view reply);
  void complete(Nanoseconds now);
  Pending end_oldest(Nanoseconds now);
  void record_latency(const Pending& request, Nanoseconds now);
  void record_times(const Pending& request, Nanoseconds now);

  ExchangeContext& context_;
  Tally& tally_;
  ReplyReader reader_;
  std::vector<Pending> pending_;  // a ring
  std::size_t first_ = 0;         // the oldest in it
  int in_flight_ = 0;
  std::size_t offset_ = 0;  // in the request, of the next byte to send
  std::size_t unsent_ = 0;
  Nanoseconds connected_at_ = 0;
  Nanoseconds sent_at_ = 0;
  bool awaits_first_byte_ = false;
  bool knows_sent_at_ = false;
  bool mid_reply_ = false;
  bool server_closes_ = false;
  bool expects_large_reply_ = false;
  bool served_ = false;
};

}  // namespace sockmark
