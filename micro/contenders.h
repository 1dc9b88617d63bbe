// The load generators that are compared: how each is called, and what it says.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace sockmark {

// A closed loop on one thread, and what the server replies.
struct Load {
  int connections = 64;
  bool keep_alive = true;
  std::uint64_t body_bytes = 13;
  std::chrono::seconds duration{2};
};

// By the generator's own account.
struct Account {
  double requests = 0;  // answered as they should be
  double requests_per_second = 0;
  double errors = 0;
  // Only loadgen says:
  std::optional<double> waits = {};  // for events
  std::string doubt = {};            // of its figures, and why
};

struct Contender {
  std::string name;
  std::string program;  // a path, or to be found in PATH
  std::string package;  // Debian's; empty: the project's own
  std::function<std::vector<std::string>(const Load&, const std::string& url)>
      arguments;
  // Throws std::runtime_error for what is not its output.
  std::function<Account(const std::string& out, const Load&)> read;

  bool is_ours() const { return package.empty(); }
};

// loadgen's engines, bare clients, then the others. Prints which of them are
// not installed, and leaves those out.
std::vector<Contender> installed_contenders();

// Why loadgen's report, its JSON, is not to be trusted; empty if it is.
std::string doubt_in(const std::string& report);

// loadgen with `engine`, for an open loop too: `options` come first.
std::vector<std::string> loadgen_arguments(
    const std::string& engine, const std::vector<std::string>& options,
    const std::string& url);

}  // namespace sockmark
