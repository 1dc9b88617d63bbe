// When a server is ready, and what is wrong with one that never is.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <string_view>
#include <thread>

#include "harness/server/listener_owner.h"
#include "harness/server/server.h"
#include "harness/text/text.h"
#include "lib/duration.h"
#include "lib/http.h"

namespace sockmark {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;
using Outcome = ReplyCheck::Outcome;

constexpr seconds kAnswersWithin(5);  // one request
constexpr milliseconds kPause(10);    // between two

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

void require_not_stopped(const std::atomic<bool>& stop) {
  if (stop) throw TrialFailure(TrialStatus::interrupted, "interrupted");
}

}  // namespace

ExpectedReply Server::expected_reply() const {
  ExpectedReply expected{.path = spec_.path,
                         .keep_alive = workload_.keep_alive,
                         .status = spec_.expected_status,
                         .body = spec_.expected_body,
                         .must_stay_open = !spec_.is_built_in()};
  if (spec_.is_built_in()) expected.body_bytes = workload_.body_bytes;
  return expected;
}

void Server::await_line(const std::atomic<bool>& stop) {
  constexpr seconds kReadyWithin(5);
  const auto deadline = steady_clock::now() + kReadyWithin;
  std::optional<std::uint16_t> port;
  while (!port) {
    require_not_stopped(stop);
    const std::string output = child_->out();
    port = port_in(output);
    if (port) break;
    if (first_line(output)) {
      throw TrialFailure(
          TrialStatus::not_ready,
          fmt::format("expected 'listening HOST:PORT' on its stdout, got '{}'",
                      output.substr(0, 60)));
    }
    require_alive();
    if (steady_clock::now() >= deadline) {
      throw TrialFailure(
          TrialStatus::not_ready,
          fmt::format("no readiness line on its stdout within {} s",
                      kReadyWithin.count()));
    }
    child_->wait_for(milliseconds(1));
  }
  port_ = *port;
  const ReplyCheck check =
      check_reply(port_, expected_reply(), kAnswersWithin,
                  [&] { return stop || child_->wait_for(seconds(0)); });
  reply_bytes_ = check.reply_bytes;
  if (check.outcome == Outcome::right) return;
  require_not_stopped(stop);
  require_alive();
  throw TrialFailure(TrialStatus::wrong_answer, check.fault);
}

// A wrong reply may be one of a server that still warms up, such as a 503: only
// the last one counts.
void Server::await_reply(const std::atomic<bool>& stop) {
  const auto limit =
      std::chrono::duration_cast<steady_clock::duration>(spec_.ready_timeout);
  auto deadline = steady_clock::now() + limit;
  const auto has_ended = [&] {
    return child_->wait_for(seconds(0)).has_value();
  };
  ReplyCheck last{.outcome = Outcome::refused};
  for (;;) {
    require_not_stopped(stop);
    const bool is_over = has_ended() || steady_clock::now() >= deadline;
    if (is_over && starts_again_elsewhere()) {
      deadline = steady_clock::now() + limit;
      last = {.outcome = Outcome::refused};
      continue;
    }
    if (is_over || last.outcome == Outcome::right) require_own_port();
    require_alive();
    if (last.outcome == Outcome::right) break;
    if (is_over) fail_for_silence(last);
    child_->wait_for(kPause);
    const nanoseconds left = deadline - steady_clock::now();
    const ReplyCheck next =
        check_reply(port_, expected_reply(),
                    std::clamp<nanoseconds>(left, kPause, kAnswersWithin),
                    [&] { return stop || has_ended(); });
    // What it said tells more than that it is silent now.
    if (last.outcome != Outcome::wrong || next.outcome != Outcome::no_answer) {
      last = next;
    }
  }
  reply_bytes_ = last.reply_bytes;
}

// Processes come and go while we look: what is seen only once is no finding.
std::string Server::foreign_owner() const {
  constexpr int kLooks = 3;
  std::string owner;
  for (int look = 0; look < kLooks; ++look) {
    if (look > 0) std::this_thread::sleep_for(kPause);
    std::vector<pid_t> own;
    for (const Process& process : processes()) own.push_back(process.pid);
    owner = foreign_listener(port_, own);
    if (owner.empty()) break;
  }
  return owner;
}

void Server::require_own_port() const {
  const std::string owner = foreign_owner();
  if (owner.empty()) return;
  throw TrialFailure(TrialStatus::not_ready,
                     fmt::format("port {} also belongs to {}: the load would "
                                 "not reach this server alone",
                                 port_, owner));
}

// A free port is free no more if another process took it before the server.
bool Server::starts_again_elsewhere() {
  if (spec_.port || started_again_ || foreign_owner().empty()) return false;
  started_again_ = true;
  start();
  return true;
}

void Server::fail_for_silence(const ReplyCheck& last) const {
  const std::string limit = format_duration(spec_.ready_timeout);
  if (last.outcome == Outcome::wrong) {
    throw TrialFailure(
        TrialStatus::wrong_answer,
        fmt::format("{} ({} after its start)", last.fault, limit));
  }
  if (last.outcome == Outcome::no_answer) {
    throw TrialFailure(
        TrialStatus::not_ready,
        fmt::format("it listens on port {} but has not answered after {}",
                    port_, limit));
  }
  std::set<std::uint64_t> held;
  for (const Process& process : processes()) {
    held.merge(socket_inodes_of(process.pid));
  }
  std::vector<std::string> elsewhere;
  for (const ListeningSocket& socket : listening_sockets()) {
    if (held.contains(socket.inode)) elsewhere.push_back(socket.describe());
  }
  throw TrialFailure(
      TrialStatus::not_ready,
      fmt::format("nothing listens on 127.0.0.1:{} after {}{}", port_, limit,
                  elsewhere.empty() ? ""
                                    : "; it listens on " +
                                          join(elsewhere, ", ") + " instead"));
}

}  // namespace sockmark
