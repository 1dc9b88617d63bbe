#include "harness/server/server.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <utility>

#include "harness/process/signal_name.h"
#include "harness/server/free_port.h"
#include "harness/server/listener_owner.h"
#include "harness/server/server_command.h"
#include "harness/text/text.h"
#include "lib/duration.h"
#include "lib/exit_status.h"

namespace sockmark {
namespace {

using std::chrono::seconds;

constexpr std::size_t kTailBytes = 2000;

// Whether it ended as one that was asked to by `signal`. Of our own servers we
// know that they exit with 0; others may leave the signal to the kernel, or
// tell it as shells do.
bool ended_well(const Ending& ending, const ServerSpec& spec) {
  if (ending.clean()) return true;
  if (spec.is_built_in()) return false;
  constexpr int kEndedBySignal = 128;
  return (WIFSIGNALED(ending.status) &&
          WTERMSIG(ending.status) == spec.stop_signal) ||
         (WIFEXITED(ending.status) &&
          WEXITSTATUS(ending.status) == kEndedBySignal + spec.stop_signal);
}

}  // namespace

std::vector<std::string> Server::command(const ServerSpec& spec,
                                         const Workload& workload) {
  return server_command(spec, workload);
}

Server::Server(ServerSpec spec, Workload workload, std::vector<int> cpus,
               std::filesystem::path cgroup)
    : spec_(std::move(spec)),
      workload_(std::move(workload)),
      cpus_(std::move(cpus)),
      cgroup_(std::move(cgroup)) {
  if (spec_.port) {
    const std::string owner = foreign_listener(*spec_.port, {});
    if (!owner.empty()) {
      throw TrialFailure(
          TrialStatus::not_ready,
          fmt::format("port {} is already taken by {}", *spec_.port, owner));
    }
  }
  start();
}

void Server::start() {
  child_.reset();
  counters_.reset();
  if (!spec_.is_built_in()) port_ = spec_.port ? *spec_.port : free_port();
  ChildSpec process = server_process(spec_, workload_, port_, cpus_);
  process.cgroup = cgroup_;
  if (spec_.is_built_in()) {
    counters_.emplace();
    const auto arguments = counters_->arguments();
    process.argv.insert(process.argv.end(), arguments.begin(), arguments.end());
  }
  child_.emplace(process);
}

std::vector<Process> Server::processes() const {
  auto all = descendants_of(child_->supervisor());
  std::erase_if(all, [](const Process& each) { return each.is_zombie(); });
  return all;
}

void Server::await_ready(const std::atomic<bool>& stop) {
  if (spec_.is_built_in()) {
    await_line(stop);
    require_own_port();
  } else {
    await_reply(stop);
  }
}

void Server::require_alive() {
  if (child_->wait_for(seconds(0))) fail_for_end();
}

void Server::fail_for_end() {
  const Ending ending = child_->wait_for(seconds(0)).value();
  const std::string said = last_line(child_->err());
  if (spec_.is_built_in() && WIFEXITED(ending.status) &&
      WEXITSTATUS(ending.status) == kExitUnavailable) {
    throw TrialFailure(TrialStatus::unavailable, said);
  }
  const auto left = processes();
  if (ending.clean() && !left.empty()) {
    throw TrialFailure(
        TrialStatus::not_ready,
        fmt::format("it went into the background and left {} to serve: run it "
                    "in the foreground (such as nginx -g 'daemon off;')",
                    describe_process(left.front().pid)));
  }
  throw TrialFailure(TrialStatus::crashed,
                     "the server ended by itself: " + ending.describe() +
                         (said.empty() ? "" : ": " + said));
}

std::string Server::stop(std::chrono::nanoseconds at_most) {
  const auto grace = std::min(spec_.stop_grace, at_most);
  const Ending ending = child_->stop(grace);
  if (child_->tree_exists()) {
    return "a process of the server could not be ended";
  }
  const std::string signal = signal_name(spec_.stop_signal);
  for (const Process& killed : child_->killed()) {
    if (killed.pid != pid()) continue;
    return fmt::format("did not stop within {} of {} and was killed",
                       format_duration(grace), signal);
  }
  if (!child_->killed().empty()) {
    const Process& first = child_->killed().front();
    return fmt::format(
        "left process {} ({}) running after {}, which was killed", first.pid,
        first.name, signal);
  }
  if (!ended_well(ending, spec_)) {
    return "after " + signal + ": " + ending.describe();
  }
  return "";
}

std::optional<ServerCounts> Server::counts() const {
  return counters_ ? counters_->read() : std::nullopt;
}

LoadTarget Server::target() const {
  return {.url = url(),
          .expected_status = spec_.expected_status,
          .expected_body = spec_.expected_body};
}

std::string Server::url() const {
  return fmt::format("http://127.0.0.1:{}{}", port_, spec_.path);
}

std::string Server::stderr_tail() const {
  const std::string text = child_->err();
  return text.size() <= kTailBytes ? text
                                   : text.substr(text.size() - kTailBytes);
}

}  // namespace sockmark
