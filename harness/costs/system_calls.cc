#include "harness/costs/system_calls.h"

#include <fmt/format.h>
#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "harness/process/proc_file.h"

namespace sockmark {
namespace {

// The tracepoint's number; nothing where tracefs cannot be read.
std::optional<std::uint64_t> tracepoint() {
  for (const char* const tracefs :
       {"/sys/kernel/tracing", "/sys/kernel/debug/tracing"}) {
    const auto text = read_proc_file(std::string(tracefs) +
                                     "/events/raw_syscalls/sys_enter/id");
    const auto id = number_after("id " + text.value_or(""), "id");
    if (id) return static_cast<std::uint64_t>(*id);
  }
  return std::nullopt;
}

std::string why_not_opened(int error) {
  std::string what =
      fmt::format("perf_event_open(2): {}", std::strerror(error));
  if (error == EACCES || error == EPERM) {
    return what + "; run as root or with CAP_PERFMON";
  }
  if (error == EMFILE) return what + "; raise it with ulimit -n";
  return what;
}

}  // namespace

SystemCallCounter::SystemCallCounter(const std::set<pid_t>& tasks) {
  const auto id = tracepoint();
  if (!id) {
    why_not_ =
        "the tracepoint raw_syscalls:sys_enter cannot be read; as root: "
        "mount -t tracefs none /sys/kernel/tracing";
    return;
  }
  perf_event_attr attributes{};
  attributes.type = PERF_TYPE_TRACEPOINT;
  attributes.size = sizeof attributes;
  attributes.config = *id;
  attributes.inherit = 1;
  for (const pid_t task : tasks) {
    Fd counter(static_cast<int>(syscall(SYS_perf_event_open, &attributes, task,
                                        -1, -1, PERF_FLAG_FD_CLOEXEC)));
    if (!counter && errno == ESRCH) continue;  // it has just ended
    if (!counter) {
      why_not_ = why_not_opened(errno);
      counters_.clear();
      return;
    }
    counters_.push_back(std::move(counter));
  }
  if (counters_.empty()) why_not_ = "there is no thread to count";
}

std::optional<std::int64_t> SystemCallCounter::count() const {
  if (counters_.empty()) return std::nullopt;
  std::int64_t sum = 0;
  for (const Fd& counter : counters_) {
    std::int64_t calls = 0;
    if (read(counter.get(), &calls, sizeof calls) != sizeof calls) {
      return std::nullopt;
    }
    sum += calls;
  }
  return sum;
}

}  // namespace sockmark
