#include "harness/trial/idle_crowd.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "harness/process/installation.h"
#include "harness/server/server.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

// Where nobody accepts, the kernel lets a connect wait for long.
constexpr seconds kConnectWithin(3);
constexpr seconds kSettlesWithin(30);
constexpr seconds kLongestTrial(3600);  // it is ended before that
constexpr seconds kEndsWithin(2);
constexpr milliseconds kPoll(2);

std::vector<std::string> command(std::uint64_t connections,
                                 const std::string& url) {
  return {(installation().bin / "loadgen").string(),
          "hold",
          fmt::format("--connections={}", connections),
          fmt::format("--duration={}s", kLongestTrial.count()),
          fmt::format("--timeout={}s", kConnectWithin.count()),
          "--json=-",
          url};
}

}  // namespace

IdleCrowd::IdleCrowd(const Workload& workload, const std::string& url,
                     const std::vector<int>& cpus,
                     const std::atomic<bool>& stop)
    : wanted_(workload.idle_connections) {
  if (wanted_ == 0) return;
  holder_.emplace(ChildSpec{.argv = command(wanted_, url), .cpus = cpus});
  const auto deadline = steady_clock::now() + kSettlesWithin;
  for (;;) {
    if (stop) throw TrialFailure(TrialStatus::interrupted, "interrupted");
    if (holder_->err().find("holding ") != std::string::npos) break;
    if (holder_->wait_for(kPoll)) {
      throw TrialFailure(TrialStatus::failed, "cannot hold idle connections: " +
                                                  last_line(holder_->err()));
    }
    if (steady_clock::now() > deadline) {
      throw TrialFailure(TrialStatus::hung,
                         fmt::format("the {} idle connections were not open "
                                     "within {} s",
                                     wanted_, kSettlesWithin.count()));
    }
  }
}

std::string IdleCrowd::end() {
  if (!holder_) return "";
  holder_->stop(kEndsWithin);
  return shortage_in(holder_->out(), wanted_);
}

std::string shortage_in(const std::string& report, std::uint64_t wanted) {
  const auto json = nlohmann::json::parse(report, nullptr, false);
  const nlohmann::json::json_pointer open_at_end("/connections/open_at_end");
  if (!json.is_object() || !json.contains(open_at_end)) {
    return "it is not known how many idle connections were open";
  }
  const auto open = json.at(open_at_end).get<std::uint64_t>();
  if (open >= wanted) return "";
  return fmt::format("only {} of {} idle connections were open", open, wanted);
}

}  // namespace sockmark
