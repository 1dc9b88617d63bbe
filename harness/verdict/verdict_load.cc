// The checks of what a load tool says against what the server and the laws say.
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <optional>

#include "harness/verdict/verdict.h"

namespace sockmark {
namespace {

using Status = Verdict::Status;

double number(auto count) { return static_cast<double>(count); }

// Answers to the tool in its whole life. That of wrk and ab is their window;
// h2load's has a warm-up of which it says nothing.
std::optional<std::uint64_t> answers_in_life(const TrialRecord& trial) {
  if (trial.load->lifetime_answers) return trial.load->lifetime_answers;
  const std::string& tool = trial.workload.tool;
  if (tool == "wrk" || tool == "ab") return trial.load->completed;
  return std::nullopt;
}

// A client and a server that count the same thing.
Verdict compare(const char* what, std::uint64_t client, std::uint64_t server,
                double slack) {
  if (std::abs(number(client) - number(server)) <= slack) return {};
  return {.status = Status::invalid,
          .reasons = {fmt::format("the client counts {} {}, the server {}",
                                  client, what, server)}};
}

// How replies to one request and another may differ in length: some have a line
// that others do not, by what the client said of the connection.
constexpr std::array<double, 5> kConnectionLines = {
    0, sizeof("Connection: close\r\n") - 1,
    sizeof("Connection: keep-alive\r\n") - 1,
    -double{sizeof("Connection: close\r\n") - 1},
    -double{sizeof("Connection: keep-alive\r\n") - 1}};

}  // namespace

Verdict judge_counts(const TrialRecord& trial) {
  if (!trial.load || !trial.server_counts) return {};
  const LoadResult& load = *trial.load;
  // What was sent and has no answer may have been answered all the same. Where
  // that is not known: one request per connection at either end, and errors.
  const double unanswered =
      load.lifetime_requests && load.lifetime_answers
          ? number(*load.lifetime_requests) - number(*load.lifetime_answers)
          : number(trial.workload.connections) +
                number(load.errors.value_or(0));
  Verdict verdict;
  if (const auto answers = answers_in_life(trial)) {
    verdict = compare("answers", *answers,
                      trial.server_counts->requests_answered, unanswered);
  }
  if (!load.lifetime_connections) return verdict;
  // Those in the backlog may be accepted later, or never: idle ones, too.
  const double slack = number(trial.workload.connections) +
                       number(trial.workload.idle_connections) +
                       number(load.errors.value_or(0)) + unanswered;
  return merge(verdict,
               compare("connections", *load.lifetime_connections,
                       trial.server_counts->connections_accepted, slack));
}

// loadgen does so itself, with more to go by. Of ab the mean is not known.
Verdict judge_littles_law(const TrialRecord& trial) {
  const Workload& asked = trial.workload;
  if (!trial.load || asked.rate_per_second || !asked.keep_alive) return {};
  const auto mean = trial.load->latency.mean;
  const auto rate = trial.load->requests_per_second;
  if (!mean || !rate || *mean <= 0 || trial.load->errors.value_or(0) > 0) {
    return {};
  }
  const double in_flight = *rate * *mean / 1e9;
  const double off = in_flight / asked.connections - 1;
  if (asked.tool == "wrk" && off > kLittlesLaw.invalid) {
    return {.status = Status::suspect,
            .reasons = {fmt::format(
                "wrk's latencies add up to {:.1f} requests in flight on {} "
                "connections: it made some of them up",
                in_flight, asked.connections)}};
  }
  if (asked.tool != "h2load") return {};
  constexpr double kHalfMicrosecond = 500;  // the mean is rounded to one
  return beyond(
      std::abs(off) - kHalfMicrosecond / *mean, kLittlesLaw,
      fmt::format("{} connections were loaded, but their requests add up to "
                  "{:.1f} in flight",
                  asked.connections, in_flight));
}

Verdict judge_bytes(const TrialRecord& trial) {
  if (!trial.load || !trial.server.reply_bytes) return {};
  const LoadResult& load = *trial.load;
  if (!load.bytes_received || !load.completed) return {};
  // Replies that were errors have lengths of their own.
  if (load.errors.value_or(0) > 0) return {};
  const double received = number(*load.bytes_received);
  for (const double line : kConnectionLines) {
    const double reply = number(*trial.server.reply_bytes) + line;
    const double due = number(*load.completed) * reply;
    const double slack =
        kRounding * due + number(trial.workload.connections) * reply;
    if (reply > 0 && std::abs(received - due) <= slack) return {};
  }
  // Our own replies are all alike; those of others need not be.
  return {.status = trial.server.manifest ? Status::suspect : Status::invalid,
          .reasons = {fmt::format(
              "received {} bytes where {} were due", *load.bytes_received,
              *load.completed * *trial.server.reply_bytes)}};
}

// loadgen says so in the same words.
Verdict judge_served(const TrialRecord& trial) {
  const Workload& asked = trial.workload;
  if (!trial.load || !asked.keep_alive || asked.rate_per_second) return {};
  const int served = trial.load->connections_served.value_or(asked.connections);
  if (served >= asked.connections) return {};
  return {
      .status = Status::suspect,
      .reasons = {fmt::format("{} of {} connections never got an answer",
                              asked.connections - served, asked.connections)}};
}

}  // namespace sockmark
