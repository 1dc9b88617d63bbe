// The command line that every server has.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sockmark {

enum class Protocol { http, echo };

// What the handler does before it replies: nothing, wait as for a database
// (sleep), or compute (spin: CPU time of the calling thread; below 10 us, of
// the wall clock, as that costs less to ask).
struct Work {
  enum class Kind { none, sleep, spin };
  Kind kind = Kind::none;
  std::chrono::nanoseconds duration{0};
};

// A flag that takes one of a few words, the first unless another is given:
// where a model has ways of its own to do things.
struct Choice {
  std::string flag;
  std::vector<std::string> words;
  std::string help;
};

struct Options {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;  // 0: the kernel picks a free one
  int workers = 4;         // of the models that have a fixed number
  int backlog = 4096;      // connections that may wait for accept()
  std::size_t body_bytes = 13;
  Protocol protocol = Protocol::http;
  bool keep_alive = true;  // false: close after each reply
  Work work{};
  std::chrono::nanoseconds idle_timeout = std::chrono::seconds(30);  // 0: none
  int max_connections = 0;  // of the models with a limit; 0: the model's own
  std::string counters;     // the file of lib/counters.h; empty: none
  std::map<std::string, std::string> chosen;  // word by flag, of all choices
};

// Fills `options` from the command line. Returns the status to exit with after
// --help (0) or a mistake (2, one line on stderr), nothing when all is well.
std::optional<int> parse_options(int argc, char** argv,
                                 const std::vector<Choice>& choices,
                                 Options& options);

}  // namespace sockmark
