#include "harness/process/child.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <thread>

#include "harness/process/memory_file.h"
#include "harness/process/remains.h"
#include "lib/error.h"

namespace sockmark {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::steady_clock;

using Kind = SupervisorReport::Kind;

constexpr nanoseconds kEndsWithin = kKillsFor + std::chrono::seconds(5);
constexpr nanoseconds kReapAfterKill = std::chrono::seconds(5);

// So that none of the descriptors that are passed on is one of the three.
void open_standard_descriptors() {
  int fd = -1;
  do {
    fd = check(open("/dev/null", O_RDWR | O_CLOEXEC), "/dev/null");
  } while (fd <= STDERR_FILENO);
  close(fd);
}

}  // namespace

Child::Child(const ChildSpec& spec) : stop_signal_(spec.stop_signal) {
  // What a supervisor that is killed leaves behind becomes ours.
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  open_standard_descriptors();
  out_ = memory_file("stdout");
  err_ = memory_file("stderr");
  const Program program(spec, out_.get(), err_.get());
  supervisor_ = start_supervisor(program);
  require_start(program);
}

Child::~Child() {
  if (!all_ended_) end_tree();
  // Until now its id was no one else's.
  waitpid(supervisor_.pid, nullptr, 0);
}

void Child::require_start(const Program& program) {
  SupervisorReport report;
  ssize_t size = 0;
  do {
    size = recv(supervisor_.control.get(), &report, sizeof report, 0);
  } while (size < 0 && errno == EINTR);
  pid_ = report.program;
  if (size == sizeof report && report.kind == Kind::started) return;
  waitpid(supervisor_.pid, nullptr, 0);
  if (size == sizeof report) {
    throw_errno(program.describe(report.failure.step), report.failure.error);
  }
  throw_errno(program.describe(StartFailure::Step::fork), ECHILD);
}

std::string Child::out() const { return contents_of_file(out_); }
std::string Child::err() const { return contents_of_file(err_); }

void Child::note(const SupervisorReport& report) {
  if (report.kind == Kind::ended) {
    ending_ = {.status = report.status,
               .usage = report.usage,
               .tree_usage = report.tree_usage};
  }
  if (report.kind == Kind::all_ended) {
    if (ending_) ending_->tree_usage = report.tree_usage;
    all_ended_ = true;
  }
}

// The next report, or the end of them. False if there was none until then, or a
// signal was handled.
bool Child::receive_until(Deadline deadline) {
  const auto left =
      std::max<nanoseconds>(deadline - steady_clock::now(), nanoseconds(0));
  const timespec timeout{.tv_sec = left.count() / 1'000'000'000,
                         .tv_nsec = left.count() % 1'000'000'000};
  pollfd polled{
      .fd = supervisor_.control.get(), .events = POLLIN, .revents = 0};
  if (ppoll(&polled, 1, &timeout, nullptr) <= 0) return false;
  SupervisorReport report;
  const ssize_t size = recv(polled.fd, &report, sizeof report, MSG_DONTWAIT);
  if (size == sizeof report) {
    note(report);
  } else {
    take_over();
  }
  return true;
}

std::optional<Ending> Child::wait_for(nanoseconds limit) {
  const auto deadline = steady_clock::now() + limit;
  while (!ending_ && receive_until(deadline)) {
  }
  return ending_;
}

void Child::await_all_ended(Deadline deadline) {
  while (!all_ended_ && steady_clock::now() < deadline) {
    receive_until(deadline);
  }
}

Ending Child::stop(nanoseconds grace) {
  const auto deadline = steady_clock::now() + grace;
  wait_for(nanoseconds(0));
  signal_group(stop_signal_);
  await_all_ended(deadline);
  if (!all_ended_) {
    killed_ = tree();
    end_tree();
  }
  return ending_.value_or(
      Ending{.status = SIGKILL, .usage = {}, .tree_usage = {}});
}

void Child::signal_group(int signal) const {
  if (group_exists()) kill(-pid_, signal);
}

// By the supervisor; by us if that does not get there.
void Child::end_tree() {
  shutdown(supervisor_.control.get(), SHUT_WR);
  await_all_ended(steady_clock::now() + kEndsWithin);
  if (!all_ended_) take_over();
}

void Child::take_over() {
  all_ended_ = true;
  kill(supervisor_.pid, SIGKILL);
  siginfo_t ignored{};
  waitid(P_PID, static_cast<id_t>(supervisor_.pid), &ignored,
         WEXITED | WNOWAIT);
  const auto deadline = steady_clock::now() + kReapAfterKill;
  for (auto left = tree(); !left.empty() && steady_clock::now() < deadline;
       left = tree()) {
    for (const Process& process : left) kill(process.pid, SIGKILL);
    for (const Process& process : left) {
      Ending ending;
      if (wait4(process.pid, &ending.status, WNOHANG, &ending.usage) == pid_) {
        ending.tree_usage = ending.usage;
        ending_ = ending;
      }
    }
    std::this_thread::sleep_for(milliseconds(1));
  }
  // The supervisor may have waited for it, and died before it told us.
  if (!ending_) ending_ = {.status = SIGKILL, .usage = {}, .tree_usage = {}};
}

std::vector<Process> Child::tree() const {
  siginfo_t info{};
  waitid(P_PID, static_cast<id_t>(supervisor_.pid), &info,
         WEXITED | WNOHANG | WNOWAIT);
  if (info.si_pid == 0) return descendants_of(supervisor_.pid);
  if (info.si_code == CLD_EXITED && info.si_status == 0) return {};
  return remains_of(supervisor_.pid, pid_);
}

bool Child::group_exists() const {
  if (kill(-pid_, 0) != 0 && errno == ESRCH) return false;
  if (!ending_) return true;
  // Its leader was waited for, so the id may be another's by now.
  const auto left = tree();
  return std::any_of(left.begin(), left.end(), [this](const Process& process) {
    return process.group == pid_;
  });
}

bool Child::tree_exists() const { return !tree().empty(); }

}  // namespace sockmark
