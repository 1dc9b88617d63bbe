#include "harness/process/supervisor.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <ctime>

#include "harness/process/keep_only.h"
#include "harness/process/own_children.h"
#include "lib/error.h"

namespace sockmark {
namespace {

using Kind = SupervisorReport::Kind;

constexpr int kPauseMs = 5;  // before it looks for children to kill again

rusage usage_of_all_waited_for() {
  rusage usage{};
  getrusage(RUSAGE_CHILDREN, &usage);
  return usage;
}

std::int64_t now_ms() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

// What the supervisor does. All signals are blocked, since before the fork.
class Watch {
 public:
  Watch(int control, pid_t owner)
      : control_(control),
        owner_(static_cast<int>(syscall(SYS_pidfd_open, owner, 0))) {
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    signals_ = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
  }

  // Runs the program until nothing of it is left.
  [[noreturn]] void keep(const Program& program) {
    start(program);
    for (;;) {
      reap();
      if (wait_for_owner_or_child()) end_all();
    }
  }

 private:
  void start(const Program& program) {
    std::array<int, 2> pipe_ends{-1, -1};
    StartFailure failure;
    if (pipe2(pipe_ends.data(), O_CLOEXEC) != 0) fail({.error = errno});
    const pid_t self = getpid();
    program_ = fork();
    if (program_ < 0) fail({.error = errno});
    if (program_ == 0) {
      failure = program.become(self);
      (void)!write(pipe_ends[1], &failure, sizeof failure);
      _exit(127);
    }
    setpgid(program_, program_);  // both do it, so neither runs ahead of it
    close(pipe_ends[1]);
    if (read(pipe_ends[0], &failure, sizeof failure) == sizeof failure) {
      fail(failure);
    }
    close(pipe_ends[0]);
    close(program.out());
    close(program.err());
    if (program.cgroup() >= 0) close(program.cgroup());
    send({.kind = Kind::started, .program = program_});
  }

  [[noreturn]] void fail(const StartFailure& failure) {
    if (program_ > 0) waitpid(program_, nullptr, 0);
    send({.kind = Kind::not_started, .failure = failure});
    _exit(EXIT_FAILURE);
  }

  // All that have ended. The program's end is told after that, so that no
  // zombie of its is left when it is known. Returns only if a child is left.
  void reap() {
    SupervisorReport report{.kind = Kind::ended};
    for (;;) {
      int status = 0;
      rusage usage{};
      const pid_t pid = wait4(-1, &status, WNOHANG | __WALL, &usage);
      if (pid < 0 && errno == EINTR) continue;
      if (pid > 0 && pid == program_) {
        report.program = pid;
        report.status = status;
        report.usage = usage;
        program_ = -1;  // its id may be an orphan's from now on
      }
      if (pid > 0) continue;
      report.tree_usage = usage_of_all_waited_for();
      if (report.program > 0) send(report);
      if (pid == 0) return;
      report.kind = Kind::all_ended;
      send(report);
      _exit(EXIT_SUCCESS);
    }
  }

  // Whether the owner died or told us to end.
  bool wait_for_owner_or_child() const {
    std::array<pollfd, 3> polled{
        {{.fd = signals_, .events = POLLIN, .revents = 0},
         {.fd = control_, .events = POLLIN, .revents = 0},
         {.fd = owner_, .events = POLLIN, .revents = 0}}};
    poll(polled.data(), polled.size(), -1);
    forget_signals();
    return polled[1].revents != 0 || polled[2].revents != 0;
  }

  // The children of a killed one become ours: generation by generation.
  [[noreturn]] void end_all() {
    const auto deadline =
        now_ms() + std::chrono::milliseconds(kKillsFor).count();
    while (now_ms() < deadline) {
      kill_own_children();
      pollfd child{.fd = signals_, .events = POLLIN, .revents = 0};
      poll(&child, 1, kPauseMs);
      forget_signals();
      reap();
    }
    _exit(EXIT_FAILURE);
  }

  void forget_signals() const {
    signalfd_siginfo ignored{};
    while (read(signals_, &ignored, sizeof ignored) > 0) {
    }
  }

  void send(const SupervisorReport& report) const {
    ::send(control_, &report, sizeof report, MSG_NOSIGNAL | MSG_DONTWAIT);
  }

  int control_;
  int owner_;  // a pidfd
  int signals_ = -1;
  pid_t program_ = -1;
};

[[noreturn]] void supervise(const Program& program, int control, pid_t owner) {
  setsid();  // no terminal reaches it, nor the program
  prctl(PR_SET_NAME, "supervisor");
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  // The other supervisors' sockets above all: they would not be told of the
  // owner's death otherwise.
  keep_only({control, program.out(), program.err(), program.cgroup()});
  Watch watch(control, owner);
  // The pidfd is the owner's as long as it was alive after that.
  if (getppid() != owner) _exit(EXIT_SUCCESS);
  watch.keep(program);
}

}  // namespace

Supervisor start_supervisor(const Program& program) {
  std::array<int, 2> ends{};
  check(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()),
        "socketpair");
  Fd ours(ends[0]);
  const Fd theirs(ends[1]);
  const pid_t owner = getpid();
  // None of our handlers runs in it.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  const pid_t pid = fork();
  if (pid == 0) supervise(program, theirs.get(), owner);
  const int error = errno;
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (pid < 0) throw_errno("fork", error);
  return {.pid = pid, .control = std::move(ours)};
}

}  // namespace sockmark
