#include "harness/child.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstring>
#include <thread>

#include "harness/child_groups.h"
#include "lib/error.h"

namespace sockmark {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::steady_clock;

constexpr nanoseconds kReapAfterKill = std::chrono::seconds(5);

// Runs in the child between fork and exec: async-signal-safe calls only.
void become(char* const* argv, const cpu_set_t* cpus, int out, int err) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (cpus != nullptr) sched_setaffinity(0, sizeof *cpus, cpus);
  const int null = open("/dev/null", O_RDONLY);
  dup2(null, STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  signal(SIGPIPE, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  execvp(argv[0], argv);
}

Fd memory_file(const char* name) {
  const Fd fd(check(memfd_create(name, MFD_CLOEXEC), "memfd_create"));
  // Re-opened for appending, so that processes that share it do not overwrite
  // one another.
  const std::string path = fmt::format("/proc/self/fd/{}", fd.get());
  return Fd(check(open(path.c_str(), O_RDWR | O_APPEND | O_CLOEXEC), path));
}

std::string contents(const Fd& file) {
  std::string text;
  std::array<char, 4096> buffer;
  for (;;) {
    const ssize_t size = pread(file.get(), buffer.data(), buffer.size(),
                               static_cast<off_t>(text.size()));
    if (size <= 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(size));
  }
}

}  // namespace

bool Ending::clean() const {
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

std::string Ending::describe() const {
  if (WIFEXITED(status)) {
    return fmt::format("exit status {}", WEXITSTATUS(status));
  }
  const char* const name = sigabbrev_np(WTERMSIG(status));
  return fmt::format("killed by SIG{}", name == nullptr ? "?" : name);
}

Child::Child(const ChildSpec& spec)
    : out_(memory_file("stdout")), err_(memory_file("stderr")) {
  // What it leaves behind becomes ours to reap instead of init's.
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  std::vector<char*> argv;
  for (const std::string& argument : spec.argv) {
    argv.push_back(const_cast<char*>(argument.c_str()));
  }
  argv.push_back(nullptr);
  cpu_set_t cpus;
  CPU_ZERO(&cpus);
  for (const int cpu : spec.cpus) CPU_SET(static_cast<std::size_t>(cpu), &cpus);
  std::array<int, 2> pipe_ends{};
  check(pipe2(pipe_ends.data(), O_CLOEXEC), "pipe2");
  Fd failure(pipe_ends[0]);
  Fd report_failure(pipe_ends[1]);

  pid_ = check(fork(), "fork");
  if (pid_ == 0) {
    become(argv.data(), spec.cpus.empty() ? nullptr : &cpus, out_.get(),
           err_.get());
    const int error = errno;
    (void)!write(report_failure.get(), &error, sizeof error);
    _exit(127);
  }
  note_child_group(pid_);
  setpgid(pid_, pid_);  // both sides do it, so neither runs ahead of it
  report_failure.reset();
  int error = 0;
  if (read(failure.get(), &error, sizeof error) == sizeof error) {
    waitpid(pid_, nullptr, 0);
    forget_child_group(pid_);
    throw_errno("cannot run " + spec.argv[0], error);
  }
  pidfd_ = Fd(
      static_cast<int>(check(syscall(SYS_pidfd_open, pid_, 0), "pidfd_open")));
}

Child::~Child() {
  if (!ending_ || group_exists()) stop(nanoseconds(0));
  forget_child_group(pid_);
}

std::string Child::out() const { return contents(out_); }
std::string Child::err() const { return contents(err_); }

std::optional<Ending> Child::wait_for(nanoseconds limit) {
  if (ending_) return ending_;
  pollfd ended{.fd = pidfd_.get(), .events = POLLIN, .revents = 0};
  const timespec timeout{.tv_sec = limit.count() / 1'000'000'000,
                         .tv_nsec = limit.count() % 1'000'000'000};
  ppoll(&ended, 1, &timeout, nullptr);
  Ending ending;
  if (wait4(pid_, &ending.status, WNOHANG, &ending.usage) != pid_) {
    return std::nullopt;
  }
  return ending_ = ending;
}

Ending Child::stop(nanoseconds grace) {
  const auto deadline = steady_clock::now() + grace;
  kill(-pid_, SIGTERM);
  wait_for(grace);
  reap_group();
  while (group_exists() && steady_clock::now() < deadline) {
    std::this_thread::sleep_for(milliseconds(1));
    reap_group();
  }
  if (group_exists()) {
    kill(-pid_, SIGKILL);
    wait_for(kReapAfterKill);
    const auto last = steady_clock::now() + kReapAfterKill;
    do {
      reap_group();
    } while (group_exists() && steady_clock::now() < last);
  }
  return ending_.value_or(Ending{.status = SIGKILL, .usage = {}});
}

bool Child::group_exists() const { return kill(-pid_, 0) == 0; }

// The process itself is left to wait_for(), which keeps its account.
void Child::reap_group() {
  if (!ending_) wait_for(nanoseconds(0));
  if (!ending_) return;
  while (waitpid(-pid_, nullptr, WNOHANG) > 0) {
  }
}

}  // namespace sockmark
