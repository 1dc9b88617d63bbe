#include "harness/process/program.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <string_view>

#include "lib/error.h"

namespace sockmark {
namespace {

using Step = StartFailure::Step;

std::vector<std::string> environment_with(
    const std::map<std::string, std::string>& added) {
  std::vector<std::string> result;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text = *variable;
    if (!added.contains(std::string(text.substr(0, text.find('='))))) {
      result.emplace_back(text);
    }
  }
  for (const auto& [name, value] : added) {
    result.push_back(name);
    result.back().append("=").append(value);
  }
  return result;
}

// As exec(2) wants them: it does not write to them.
std::vector<char*> pointers_to(const std::vector<std::string>& strings) {
  std::vector<char*> result;
  for (const std::string& string : strings) {
    result.push_back(const_cast<char*>(string.c_str()));
  }
  result.push_back(nullptr);
  return result;
}

// Exec keeps what is ignored or blocked: SIGPIPE here, SIGINT in a background
// job of a shell.
void reset_signals() {
  for (int number = 1; number <= SIGRTMAX; ++number) {
    if (number != SIGKILL && number != SIGSTOP) signal(number, SIG_DFL);
  }
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

}  // namespace

Program::Program(const ChildSpec& spec, int out, int err)
    : spec_(spec),
      assignments_(environment_with(spec.env)),
      argv_(pointers_to(spec_.argv)),
      envp_(pointers_to(assignments_)),
      out_(out),
      err_(err) {
  CPU_ZERO(&cpus_);
  for (const int cpu : spec_.cpus) {
    CPU_SET(static_cast<std::size_t>(cpu), &cpus_);
  }
  if (spec_.cgroup.empty()) return;
  const auto members = spec_.cgroup / "cgroup.procs";
  cgroup_ = Fd(check(open(members.c_str(), O_WRONLY | O_CLOEXEC),
                     describe(Step::cgroup)));
}

StartFailure Program::become(pid_t parent) const {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(127);  // it had died before that
  if (!spec_.cpus.empty() && sched_setaffinity(0, sizeof cpus_, &cpus_) != 0) {
    return {.step = Step::cpus, .error = errno};
  }
  if (cgroup_ && write(cgroup_.get(), "0", 1) != 1) {
    return {.step = Step::cgroup, .error = errno};
  }
  if (!spec_.cwd.empty() && chdir(spec_.cwd.c_str()) != 0) {
    return {.step = Step::folder, .error = errno};
  }
  dup2(out_, STDOUT_FILENO);
  dup2(err_, STDERR_FILENO);
  reset_signals();
  execvpe(argv_[0], argv_.data(), envp_.data());
  return {.step = Step::exec, .error = errno};
}

std::string Program::describe(StartFailure::Step step) const {
  switch (step) {
    case Step::cpus:
      return "cannot run " + spec_.argv[0] + " on its CPUs";
    case Step::cgroup:
      return "cannot join cgroup " + spec_.cgroup.string();
    case Step::folder:
      return "cannot run " + spec_.argv[0] + " in " + spec_.cwd.string();
    case Step::fork:
    case Step::exec:
      break;
  }
  return "cannot run " + spec_.argv[0];
}

}  // namespace sockmark
