#include "loadgen/hold.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <string>
#include <vector>

#include "loadgen/answer.h"
#include "loadgen/descriptors.h"

namespace sockmark {
namespace {

constexpr int kReadsInTurn = 16;

std::int64_t resident_bytes() {
  std::int64_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages >> pages;  // the second number
  return pages * sysconf(_SC_PAGESIZE);
}

class Holding {
 public:
  Holding(const HoldSpec& spec, const Address& address)
      : spec_(spec),
        resident_before_(resident_bytes()),
        request_(request_to(spec.target)),
        crowd_(address, {.connections = spec.connections,
                         .connects_per_second = spec.connects_per_second,
                         .timeout = spec.timeout}),
        members_(spec.connections,
                 Member{Answer(spec.target.protocol, request_)}) {}

  HoldResult run();

 private:
  struct Member {
    Answer answer;
    Nanoseconds next_request = 0;
  };

  void on_event(const Crowd::Event& event);
  void on_established(std::size_t who);
  void on_due(std::size_t who);
  void send_request(std::size_t who);
  void read(std::size_t who, int error);
  void plan_request(std::size_t who);
  void lost(std::size_t who, bool by_reset);
  void give_up(std::size_t who, ErrorKind kind);
  void finish();

  const HoldSpec& spec_;
  const std::int64_t resident_before_;
  const std::string request_;
  Crowd crowd_;
  std::vector<Member> members_;
  HoldResult result_;
};

HoldResult Holding::run() {
  const Nanoseconds end = monotonic_now() + spec_.duration.count();
  while (crowd_.opening() && monotonic_now() < end && interrupted_by() == 0) {
    if (const auto event = crowd_.next(end)) on_event(*event);
  }
  if (!crowd_.opening() && spec_.on_settled) {
    spec_.on_settled(crowd_.so_far().open);
  }
  run_until(end, crowd_,
            [this](const Crowd::Event& event) { on_event(event); });
  finish();
  return result_;
}

void Holding::on_event(const Crowd::Event& event) {
  switch (event.kind) {
    case Crowd::Event::Kind::established:
      return on_established(event.who);
    case Crowd::Event::Kind::ready:
      return read(event.who, event.error);
    case Crowd::Event::Kind::due:
      return on_due(event.who);
  }
}

void Holding::on_established(std::size_t who) {
  if (spec_.every.count() == 0) return;
  // Spread over the interval, or all would ask at once each time.
  const auto phase = static_cast<Nanoseconds>(
      static_cast<double>(spec_.every.count()) * static_cast<double>(who) /
      static_cast<double>(spec_.connections));
  members_[who].next_request = monotonic_now() + phase;
  crowd_.wake(who, members_[who].next_request);
}

void Holding::on_due(std::size_t who) {
  if (members_[who].answer.awaited()) return give_up(who, &Errors::timeout);
  send_request(who);
}

void Holding::send_request(std::size_t who) {
  ++result_.requests;
  members_[who].answer.begin();
  crowd_.wake(who, monotonic_now() + spec_.timeout.count());
  const ssize_t sent =
      send(crowd_.fd(who), request_.data(), request_.size(), MSG_NOSIGNAL);
  // One that broke is told by its next event.
  if (sent >= 0 && static_cast<std::size_t>(sent) < request_.size()) {
    give_up(who, &Errors::local);  // the socket's buffer is too small
  }
}

void Holding::read(std::size_t who, int error) {
  Answer& answer = members_[who].answer;
  for (int i = 0; i < kReadsInTurn; ++i) {
    switch (answer.receive(crowd_.fd(who))) {
      case Arrival::nothing:
        if (error != 0) lost(who, true);
        return;
      case Arrival::some:
        break;
      case Arrival::answer:
        ++result_.answers;
        plan_request(who);
        break;
      case Arrival::error_status:
        ++result_.errors.status;
        plan_request(who);
        break;
      case Arrival::garbled:
        return give_up(who, &Errors::parse);
      case Arrival::closed:
        return lost(who, error == ECONNRESET);
      case Arrival::reset:
        return lost(who, true);
    }
  }
  crowd_.revisit(who, error);
}

void Holding::plan_request(std::size_t who) {
  Nanoseconds& next = members_[who].next_request;
  next = std::max(next + spec_.every.count(), monotonic_now());
  crowd_.wake(who, next);
}

void Holding::lost(std::size_t who, bool by_reset) {
  if (members_[who].answer.awaited()) {
    ++(by_reset ? result_.errors.reset : result_.errors.closed);
  }
  crowd_.close(who,
               by_reset ? &CrowdResult::reset : &CrowdResult::closed_by_server);
}

void Holding::give_up(std::size_t who, ErrorKind kind) {
  ++(result_.errors.*kind);
  crowd_.close(who, &CrowdResult::closed_by_client);
}

void Holding::finish() {
  result_.crowd = crowd_.finish();
  result_.in_flight =
      result_.requests - result_.answers - result_.errors.total();
  if (result_.crowd.most_open > 0) {
    result_.resident_bytes_per_connection =
        std::max<std::int64_t>(0, resident_bytes() - resident_before_) /
        static_cast<std::int64_t>(result_.crowd.most_open);
  }
}

}  // namespace

HoldResult hold(const HoldSpec& spec) {
  const Address address = resolve(spec.target);
  constexpr std::size_t kEpoll = 1;
  require_descriptors(spec.connections, kEpoll);
  return Holding(spec, address).run();
}

}  // namespace sockmark
