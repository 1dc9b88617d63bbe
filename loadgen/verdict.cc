#include "loadgen/verdict.h"

#include <fmt/format.h>

#include <algorithm>

namespace sockmark {
namespace {

using Status = LoadVerdict::Status;

constexpr double kSuspectBusy = 0.90;  // of a core
constexpr double kFewConnections = 0.95;
constexpr double kSomeConnectionsMissing = 0.99;
constexpr double kManyErrors = 0.01;

class Judge {
 public:
  void note(Status status, std::string reason) {
    verdict_.status = std::max(verdict_.status, status);
    verdict_.reasons.push_back(std::move(reason));
  }
  LoadVerdict verdict() { return std::move(verdict_); }

 private:
  LoadVerdict verdict_;
};

void judge_errors(const Tally& tally, Judge& judge) {
  const std::uint64_t errors = tally.errors.total();
  if (errors == 0) return;
  const double share = static_cast<double>(errors) /
                       static_cast<double>(errors + tally.completed);
  judge.note(share > kManyErrors ? Status::invalid : Status::suspect,
             fmt::format("{} of {} requests failed ({:.3g} %)", errors,
                         errors + tally.completed, 100 * share));
  if (tally.errors.local > 0) {
    judge.note(Status::invalid,
               fmt::format("{} requests failed for a local reason: {}",
                           tally.errors.local, tally.last_local_error));
  }
}

void judge_connections(const LoadSpec& spec, const Tally& tally, Judge& judge) {
  const double requested =
      spec.requests == 0 ? spec.connections
                         : std::min<double>(spec.connections,
                                            static_cast<double>(spec.requests));
  const double share = tally.connections_average / requested;
  if (!spec.close && 2 * tally.closed_by_server > tally.completed) {
    judge.note(Status::suspect,
               "the server closes its connections: --close measures that");
  } else if (!spec.close && share < kSomeConnectionsMissing) {
    judge.note(share < kFewConnections ? Status::invalid : Status::suspect,
               fmt::format("{:.1f} of {} connections were open on average",
                           tally.connections_average, spec.connections));
  }
  const auto served = static_cast<double>(tally.connections_served);
  if (spec.requests == 0 && tally.completed > 0 && served < requested) {
    judge.note(Status::suspect,
               fmt::format("{} of {} connections never got an answer",
                           requested - served, spec.connections));
  }
}

}  // namespace

LoadVerdict judge(const LoadSpec& spec, const Tally& tally, bool interrupted) {
  Judge judge;
  if (interrupted) judge.note(Status::invalid, "interrupted before its end");
  if (tally.completed == 0) {
    judge.note(Status::invalid, "no request was answered as expected");
  }
  if (tally.started !=
      tally.completed + tally.errors.total() + tally.in_flight) {
    judge.note(Status::invalid, "the ledger of requests does not add up");
  }
  if (tally.connections_opened != tally.connections_open +
                                      tally.closed_by_server +
                                      tally.closed_by_client) {
    judge.note(Status::invalid, "the ledger of connections does not add up");
  }
  judge_errors(tally, judge);
  judge_connections(spec, tally, judge);
  if (tally.generator.busiest_thread >= kSuspectBusy) {
    judge.note(Status::suspect,
               "the generator used over 90 % of a core: it may be the limit, "
               "and not the server");
  }
  return judge.verdict();
}

const char* to_string(LoadVerdict::Status status) {
  switch (status) {
    case Status::valid:
      return "valid";
    case Status::suspect:
      return "suspect";
    case Status::invalid:
      break;
  }
  return "invalid";
}

}  // namespace sockmark
