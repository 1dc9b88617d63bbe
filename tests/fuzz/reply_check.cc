#include "tests/fuzz/reply_check.h"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "loadgen/response.h"
#include "tests/fuzz/pieces.h"
#include "tests/fuzz/require.h"

namespace sockmark {
namespace {

using Status = ResponseParser::Status;

struct Way {
  std::string_view name;
  Sizes received;
};

// What a client does not know of a reply, and may say to the parser.
struct Question {
  bool is_head = false;
  std::optional<std::string_view> expected_body = {};
};

struct Reply {
  std::size_t end = 0;  // in the input
  int status_code = 0;
  bool keep_alive = false;
  std::uint64_t body_bytes = 0;
  bool body_is_as_expected = false;

  bool operator==(const Reply&) const = default;
};

struct Understood {
  std::vector<Reply> replies;  // the last may end with the input
  Status last = Status::more;

  bool operator==(const Understood&) const = default;
};

class Reading {
 public:
  Reading(const Question& question, std::string_view input, const Way& way)
      : question_(question),
        input_(input),
        way_(way),
        parser_(question.is_head, question.expected_body) {
    parser_.begin();
  }

  Understood read() {
    for (std::size_t turn = 0; read_ < input_.size(); ++turn) {
      // A copy of its own, so that ASan sees a parser that reads past it, or
      // keeps a view of it.
      const std::string piece(
          input_.substr(read_, size_of_piece(way_.received, turn)));
      if (!feed(piece)) return std::move(understood_);
    }
    understood_.last = parser_.end_of_file();
    if (understood_.last == Status::complete) {
      expect(!parser_.keep_alive(), "keeps a closed connection");
      add_reply();
    }
    return std::move(understood_);
  }

 private:
  void expect(bool holds, std::string_view what) const {
    require(holds, what, way_.name, input_);
  }

  // Whether the bytes are still replies.
  bool feed(std::string_view piece) {
    while (!piece.empty()) {
      const ResponseParser::Step step = parser_.feed(piece);
      expect(step.consumed <= piece.size(), "consumes more than there is");
      read_ += step.consumed;
      piece.remove_prefix(step.consumed);
      switch (step.status) {
        case Status::more:
          expect(piece.empty(), "leaves bytes that it wants");
          return true;
        case Status::bad:
          understood_.last = Status::bad;
          return false;
        case Status::complete:
          expect(step.consumed > 0, "makes a reply of nothing");
          add_reply();
          parser_.begin();
      }
    }
    return true;
  }

  void add_reply() {
    const std::size_t start =
        understood_.replies.empty() ? 0 : understood_.replies.back().end;
    const Reply reply{.end = read_,
                      .status_code = parser_.status_code(),
                      .keep_alive = parser_.keep_alive(),
                      .body_bytes = parser_.body_bytes(),
                      .body_is_as_expected = parser_.body_is_as_expected()};
    expect(reply.status_code == 101 ||
               (reply.status_code >= 200 && reply.status_code <= 999),
           "ends with an interim reply");
    expect(reply.body_bytes < reply.end - start, "finds more body than bytes");
    expect(!question_.is_head || reply.body_bytes == 0,
           "finds a body in a reply to HEAD");
    understood_.replies.push_back(reply);
  }

  const Question& question_;
  std::string_view input_;
  const Way& way_;
  ResponseParser parser_;
  std::size_t read_ = 0;
  Understood understood_;
};

// The first is what the others have to match.
std::array<Way, 4> ways_of(std::string_view input) {
  const std::size_t scale = 1 + input.size() / 1024;
  const std::string reversed(input.rbegin(), input.rend());
  return {Way{.name = "whole", .received = {}},
          Way{.name = "cut",
              .received = sizes_from(reversed.substr(0, 512), scale)},
          Way{.name = "cut elsewhere",
              .received = sizes_from(input.substr(0, 512), scale)},
          Way{.name = "byte by byte", .received = smallest_sizes(input)}};
}

}  // namespace

void check_replies(std::string_view input) {
  static constexpr std::array kQuestions{Question{}, Question{.is_head = true},
                                         Question{.expected_body = "hello"}};
  const auto ways = ways_of(input);
  for (const Question& question : kQuestions) {
    const Understood expected = Reading(question, input, ways.front()).read();
    for (std::size_t i = 1; i < ways.size(); ++i) {
      require(Reading(question, input, ways[i]).read() == expected,
              "understands something else", ways[i].name, input);
    }
  }
}

}  // namespace sockmark
