#include "tests/fuzz/session_check.h"

#include <array>
#include <string>
#include <utility>

#include "tests/fuzz/conversation.h"
#include "tests/fuzz/require.h"
#include "tests/lib/options_with.h"
#include "tests/lib/replies.h"

namespace sockmark {
namespace {

// The first is what the others have to match. `reply_bytes`: of one reply.
std::array<Way, 4> ways_of(std::string_view input, std::size_t reply_bytes) {
  const std::size_t scale = 1 + input.size() / 1024;
  const std::string reversed(input.rbegin(), input.rend());
  const auto forwards = sizes_from(input.substr(0, 512), scale);
  const auto backwards = sizes_from(reversed.substr(0, 512), scale);
  const auto sent = sizes_from(input.substr(0, 512), 1 + reply_bytes / 256);
  return {Way{.name = "whole", .received = {}, .sent = {}},
          Way{.name = "cut", .received = backwards, .sent = sent},
          Way{.name = "byte by byte",
              .received = smallest_sizes(input),
              .sent = sent},
          Way{.name = "reading ahead",
              .received = forwards,
              .sent = sent,
              .reads_ahead = true}};
}

bool take(std::string_view& replies, std::string_view expected) {
  if (!replies.starts_with(expected)) return false;
  replies.remove_prefix(expected.size());
  return true;
}

// The replies of one connection, spelled out. A refusal, and any other reply
// that says so, is the last and closes.
struct Vocabulary {
  explicit Vocabulary(std::size_t body_bytes) {
    for (const std::string_view connection : {std::string_view(), kKeepAlive}) {
      // A whole reply starts with what answers HEAD.
      going_on.push_back(reply(connection, body_bytes));
      going_on.push_back(reply_head(connection, body_bytes));
    }
    last = {reply(kClose, body_bytes), reply_head(kClose, body_bytes)};
    for (const std::string_view status :
         {"400 Bad Request", "431 Request Header Fields Too Large",
          "501 Not Implemented", "505 HTTP Version Not Supported"}) {
      last.push_back(refusal(status));
    }
  }

  bool knows(const Heard& heard) const {
    std::string_view rest = heard.replies;
    while (take_one_of(rest, going_on)) {
    }
    const bool ends = take_one_of(rest, last);
    return rest.empty() && ends == heard.closed;
  }

  static bool take_one_of(std::string_view& rest,
                          const std::vector<std::string>& replies) {
    for (const std::string& one : replies) {
      if (take(rest, one)) return true;
    }
    return false;
  }

  std::vector<std::string> going_on;
  std::vector<std::string> last;
};

// One configuration of the servers, and what all its sessions must do.
class Check {
 public:
  explicit Check(const Options& options)
      : body_bytes_(options.body_bytes),
        service_(options),
        vocabulary_(options.body_bytes) {}

  void operator()(std::string_view input) const {
    leave_unread(service_, input);
    const auto ways = ways_of(input, body_bytes_);
    const Heard expected = hear(input, ways.front());
    require(vocabulary_.knows(expected), "does not reply in whole replies",
            ways.front().name, input);
    for (std::size_t i = 1; i < ways.size(); ++i) {
      const Heard heard = hear(input, ways[i]);
      require(heard.replies == expected.replies, "replies otherwise",
              ways[i].name, input);
      require(heard.closed == (expected.closed || ways[i].reads_ahead),
              "closes otherwise", ways[i].name, input);
    }
  }

 private:
  // Without any 100: whether one is sent depends on the cut.
  Heard hear(std::string_view input, const Way& way) const {
    Heard heard = converse(service_, input, way);
    const bool may_ask_for_it = input.find("100-") != std::string_view::npos;
    if (may_ask_for_it) {  // or else the search costs more than the session
      heard.replies = without_interim_replies(std::move(heard.replies));
    }
    return heard;
  }

  std::size_t body_bytes_;
  Service service_;
  Vocabulary vocabulary_;
};

}  // namespace

void check_http_session(std::string_view input) {
  static const std::array checks{
      Check(Options{}),
      Check(with_body(40'000)),  // two of them are more than a join
      [] {
        Options options = with_body(70'000);
        options.keep_alive = false;
        return Check(options);
      }()};
  for (const Check& check : checks) check(input);
}

void check_echo_session(std::string_view input) {
  static const Service service(with_echo());
  leave_unread(service, input);
  for (const Way& way : ways_of(input, input.size())) {
    const Heard heard = converse(service, input, way);
    require(heard.replies == input, "does not echo its input", way.name, input);
    require(heard.closed == way.reads_ahead, "closes", way.name, input);
  }
}

}  // namespace sockmark
