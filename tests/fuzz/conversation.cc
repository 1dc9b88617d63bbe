#include "tests/fuzz/conversation.h"

#include <algorithm>

#include "lib/request.h"
#include "lib/session.h"
#include "tests/fuzz/require.h"
#include "tests/lib/heap.h"

namespace sockmark {
namespace {

// As in lib/session.cc.
constexpr std::size_t kLargestJoined = 64 * 1024;
constexpr std::size_t kKeptJoined = 1024;

// What malloc() adds to blocks.
constexpr std::size_t kRounding = 64;

class Conversation {
 public:
  Conversation(const Service& service, std::string_view input, const Way& way)
      : input_(input),
        way_(way),
        is_echo_(service.protocol() == Protocol::echo),
        largest_output_(std::max(kLargestJoined, service.handle({}).size())),
        session_(service) {}

  Heard hold() {
    for (std::size_t turn = 0; fed_ < input_.size(); ++turn) {
      if (way_.reads_ahead) {
        feed(turn);
        send(turn);
      } else {
        if (session_.want() != Want::read) break;
        feed(turn);
        send_all();
      }
    }
    if (way_.reads_ahead) session_.end_of_input();
    send_all();
    heard_.closed = session_.want() == Want::close;
    finish();
    return std::move(heard_);
  }

  void break_off() {
    feed(0);
    const std::size_t under_way = session_.output().size();
    session_.abort();
    session_.sent(under_way);
    expect(session_.output().empty(), "has something to send to nobody");
    finish();
  }

 private:
  void expect(bool holds, std::string_view what) const {
    require(holds, what, way_.name, input_);
  }

  // A call of the session, from which it may come back with more memory.
  template <typename Call>
  void tell(const Call& call) {
    const std::ptrdiff_t before = heap_bytes();
    call();
    held_ += heap_bytes() - before;
    check();
  }

  void feed(std::size_t turn) {
    // A copy of its own, so that ASan sees a session that keeps a view of it.
    const std::string piece(
        input_.substr(fed_, size_of_piece(way_.received, turn)));
    fed_ += piece.size();
    largest_piece_ = std::max(largest_piece_, piece.size());
    tell([&] { session_.received(piece); });
  }

  void send(std::size_t turn) {
    if (session_.want() != Want::write) return;
    const std::string_view some =
        session_.output().substr(0, size_of_piece(way_.sent, turn));
    heard_.replies += some;
    tell([&] { session_.sent(some.size()); });
  }

  void send_all() {
    for (std::size_t turn = 0; session_.want() == Want::write; ++turn) {
      send(turn);
    }
  }

  void check() const {
    const Want want = session_.want();
    const std::size_t output = session_.output().size();
    expect((want == Want::write) == (output > 0), "wants to send nothing");
    expect(output <= largest_output_, "joins more replies than it may");
    expect(held_ <= static_cast<std::ptrdiff_t>(most_held(want)),
           "holds more memory than it may");
  }

  // Strings may have room for twice what they hold. What the driver feeds
  // unasked has to be kept, and is no promise of the session.
  std::size_t most_held(Want want) const {
    const std::size_t joined =
        want == Want::read ? kKeptJoined : 2 * kLargestJoined;
    const std::size_t input = way_.reads_ahead                 ? fed_
                              : is_echo_ && want == Want::read ? 0
                              : is_echo_                       ? largest_piece_
                                         : kLargestHead + largest_piece_;
    return joined + 2 * input + kRounding;
  }

  // Whoever has closed stays closed, and whoever has not does it now.
  void finish() {
    if (session_.want() == Want::read) session_.end_of_input();
    expect(session_.want() == Want::close, "does not close");
    session_.received("GET / HTTP/1.0\r\n\r\n");
    expect(session_.want() == Want::close, "comes back to life");
  }

  std::string_view input_;
  const Way& way_;
  bool is_echo_;
  std::size_t largest_output_;
  std::size_t fed_ = 0;
  std::size_t largest_piece_ = 0;
  std::ptrdiff_t held_ = 0;
  Heard heard_;
  Session session_;
};

}  // namespace

Heard converse(const Service& service, std::string_view input, const Way& way) {
  return Conversation(service, input, way).hold();
}

void leave_unread(const Service& service, std::string_view input) {
  const Way way{.name = "unread", .received = {}, .sent = {}};
  Conversation(service, input, way).break_off();
}

}  // namespace sockmark
