#include "harness/server.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <charconv>
#include <optional>
#include <string_view>

#include "harness/text.h"
#include "harness/verify.h"
#include "lib/exit_status.h"
#include "lib/http.h"

namespace sockmark {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr seconds kReadyWithin(5);
constexpr seconds kAnswersWithin(5);
constexpr seconds kStopsWithin(2);
constexpr std::size_t kTailBytes = 2000;

// "listening 127.0.0.1:41231"
std::optional<std::uint16_t> port_in(std::string_view output) {
  const auto line = first_line(output);
  if (!line || !line->text.starts_with("listening ")) return std::nullopt;
  const std::string_view text = line->text.substr(line->text.rfind(':') + 1);
  std::uint16_t port = 0;
  const char* const end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, port);
  if (result.ec != std::errc() || result.ptr != end) return std::nullopt;
  return port;
}

}  // namespace

std::vector<std::string> Server::command(const ServerSpec& spec,
                                         const Workload& workload) {
  std::vector<std::string> argv = spec.command;
  argv.insert(argv.end(),
              {"--port", "0", "--body", std::to_string(workload.body_bytes),
               "--work", workload.work});
  return argv;
}

Server::Server(const ServerSpec& spec, const Workload& workload,
               std::vector<int> cpus)
    : body_bytes_(workload.body_bytes),
      child_({.argv = command(spec, workload), .cpus = std::move(cpus)}) {}

void Server::await_ready() {
  port_ = await_readiness_line();
  const std::string fault = verify_reply(
      port_, {.status = 200, .body_bytes = body_bytes_}, kAnswersWithin);
  if (fault.empty()) return;
  require_alive();
  throw TrialFailure(TrialStatus::wrong_answer, fault);
}

std::uint16_t Server::await_readiness_line() {
  const auto deadline = steady_clock::now() + kReadyWithin;
  while (steady_clock::now() < deadline) {
    const std::string output = child_.out();
    if (const auto port = port_in(output)) return *port;
    if (first_line(output)) {
      throw TrialFailure(
          TrialStatus::not_ready,
          fmt::format("expected 'listening HOST:PORT' on its stdout, got '{}'",
                      output.substr(0, 60)));
    }
    require_alive();
    child_.wait_for(milliseconds(1));
  }
  throw TrialFailure(TrialStatus::not_ready,
                     fmt::format("no readiness line on its stdout within {} s",
                                 kReadyWithin.count()));
}

void Server::require_alive() {
  if (const auto ending = child_.wait_for(seconds(0))) {
    if (WIFEXITED(ending->status) &&
        WEXITSTATUS(ending->status) == kExitUnavailable) {
      throw TrialFailure(TrialStatus::unavailable, last_line(child_.err()));
    }
    throw TrialFailure(TrialStatus::crashed,
                       "the server ended by itself: " + ending->describe());
  }
}

std::string Server::stop() {
  const auto before = steady_clock::now();
  const Ending ending = child_.stop(kStopsWithin);
  if (child_.group_exists())
    return "a process of the server could not be ended";
  if (steady_clock::now() - before >= kStopsWithin) {
    return fmt::format("did not stop within {} s of SIGTERM and was killed",
                       kStopsWithin.count());
  }
  if (!ending.clean()) return "after SIGTERM: " + ending.describe();
  return "";
}

std::string Server::url() const {
  return fmt::format("http://127.0.0.1:{}/", port_);
}

std::string Server::stderr_tail() const {
  const std::string text = child_.err();
  return text.size() <= kTailBytes ? text
                                   : text.substr(text.size() - kTailBytes);
}

}  // namespace sockmark
