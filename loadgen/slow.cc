#include "loadgen/slow.h"

#include <sys/socket.h>

#include <cerrno>
#include <string>
#include <string_view>
#include <vector>

#include "loadgen/answer.h"
#include "loadgen/descriptors.h"

namespace sockmark {
namespace {

// The kernel makes it its least, some 2 kB: what the reader leaves unread is
// to stay with the server.
constexpr int kSmallBufferBytes = 1;

class Slowness {
 public:
  Slowness(const SlowSpec& spec, const Address& address)
      : spec_(spec),
        request_(request_to(spec.target)),
        crowd_(address,
               {.connections = spec.connections,
                .receive_buffer_bytes = reading() ? kSmallBufferBytes : 0}),
        members_(spec.connections,
                 Member{Answer(spec.target.protocol, request_)}) {}

  SlowResult run();

 private:
  struct Member {
    Answer answer;
    std::string_view unsent{};
    Nanoseconds begun_at = 0;
  };

  bool reading() const { return spec_.what == SlowSpec::What::reading; }
  void on_event(const Crowd::Event& event);
  void on_ready(std::size_t who, int error);
  void on_due(std::size_t who);
  void begin(std::size_t who);
  void send_some(std::size_t who);
  bool read(std::size_t who, std::size_t most_bytes, int error);
  void answered(std::size_t who);
  void reject(std::size_t who);
  void cut_off(std::size_t who, bool by_reset);
  void wake(std::size_t who);

  const SlowSpec& spec_;
  const std::string request_;
  Crowd crowd_;
  std::vector<Member> members_;
  SlowResult result_;
};

SlowResult Slowness::run() {
  run_until(monotonic_now() + spec_.duration.count(), crowd_,
            [this](const Crowd::Event& event) { on_event(event); });
  result_.crowd = crowd_.finish();
  result_.in_flight =
      result_.requests - result_.answers - result_.rejected - result_.cut_off;
  return result_;
}

void Slowness::on_event(const Crowd::Event& event) {
  switch (event.kind) {
    case Crowd::Event::Kind::established:
      return begin(event.who);
    case Crowd::Event::Kind::ready:
      return on_ready(event.who, event.error);
    case Crowd::Event::Kind::due:
      return on_due(event.who);
  }
}

void Slowness::on_ready(std::size_t who, int error) {
  if (reading()) {
    // A reset is not worth waiting for; all else is read when its time comes.
    if (error != 0) cut_off(who, true);
    return;
  }
  if (read(who, SIZE_MAX, error)) crowd_.revisit(who, error);
}

void Slowness::on_due(std::size_t who) {
  wake(who);
  if (reading()) {
    read(who, 1, 0);
  } else {
    send_some(who);
  }
}

void Slowness::begin(std::size_t who) {
  Member& member = members_[who];
  ++result_.requests;
  member.answer.begin();
  member.unsent = request_;
  member.begun_at = monotonic_now();
  wake(who);
  send_some(who);
}

// One that broke is told by its next event.
void Slowness::send_some(std::size_t who) {
  std::string_view& unsent = members_[who].unsent;
  if (unsent.empty()) return;
  const ssize_t sent = send(crowd_.fd(who), unsent.data(),
                            reading() ? unsent.size() : 1, MSG_NOSIGNAL);
  if (sent < 0) return;
  unsent.remove_prefix(static_cast<std::size_t>(sent));
  if (unsent.empty()) ++result_.whole;
}

// Whether there may be more to read.
bool Slowness::read(std::size_t who, std::size_t most_bytes, int error) {
  switch (members_[who].answer.receive(crowd_.fd(who), most_bytes)) {
    case Arrival::nothing:
      if (error != 0) cut_off(who, true);
      return false;
    case Arrival::some:
      return true;
    case Arrival::answer:
      answered(who);
      break;
    case Arrival::error_status:
    case Arrival::garbled:
      reject(who);
      break;
    case Arrival::closed:
      cut_off(who, error == ECONNRESET);
      break;
    case Arrival::reset:
      cut_off(who, true);
      break;
  }
  return crowd_.is_open(who);
}

void Slowness::answered(std::size_t who) {
  const Member& member = members_[who];
  if (!member.unsent.empty()) return reject(who);
  ++result_.answers;
  if (member.answer.keeps_alive()) return begin(who);
  crowd_.close(who, &CrowdResult::closed_by_client);
}

void Slowness::reject(std::size_t who) {
  ++result_.rejected;
  result_.ended_after.push_back(monotonic_now() - members_[who].begun_at);
  crowd_.close(who, &CrowdResult::closed_by_client);
}

void Slowness::cut_off(std::size_t who, bool by_reset) {
  ++result_.cut_off;
  result_.ended_after.push_back(monotonic_now() - members_[who].begun_at);
  crowd_.close(who,
               by_reset ? &CrowdResult::reset : &CrowdResult::closed_by_server);
}

void Slowness::wake(std::size_t who) {
  crowd_.wake(who, monotonic_now() + spec_.every.count());
}

}  // namespace

SlowResult go_slow(const SlowSpec& spec) {
  const Address address = resolve(spec.target);
  constexpr std::size_t kEpoll = 1;
  require_descriptors(spec.connections, kEpoll);
  return Slowness(spec, address).run();
}

}  // namespace sockmark
