#include "harness/plan/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "harness/text/terminal.h"
#include "harness/text/text.h"

namespace sockmark {

std::string one_line_about(const TrialRecord& record) {
  const std::string what =
      fmt::format("{} {}", record.workload.name, record.server.name);
  if (record.status != TrialStatus::ok) {
    return fmt::format("{}: {}: {}", what, to_string(record.status),
                       one_line(record.error));
  }
  return fmt::format(
      "{}: {} req/s", what,
      format_figure(record.load->requests_per_second.value_or(0)));
}

std::string format_left(std::chrono::nanoseconds left) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(left).count();
  if (seconds < 60) return fmt::format("{}s", std::max<long>(0, seconds));
  return fmt::format("{}m{:02}s", seconds / 60, seconds % 60);
}

Progress::Progress(bool quiet)
    : live_(isatty(STDERR_FILENO) == 1), quiet_(quiet) {}

Progress::~Progress() {
  if (live_ && !quiet_) std::fputs("\r\033[K", stderr);
}

// Until the first trials have shown how long they take, the plan is believed.
std::string Progress::position(const Outlook& outlook) const {
  const double pace = expected_.count() == 0
                          ? 1
                          : static_cast<double>(taken_.count()) /
                                static_cast<double>(expected_.count());
  const auto left = std::chrono::duration_cast<std::chrono::nanoseconds>(
      std::chrono::duration<double, std::nano>(outlook.left) * pace);
  return fmt::format("[{}/{}] {} left",
                     std::min(outlook.done + 1, outlook.trials), outlook.trials,
                     format_left(left));
}

void Progress::show(const std::string& line) {
  const std::string fitting = shorten(line, terminal_width(STDERR_FILENO) - 1);
  std::fprintf(stderr, "\r\033[K%s", fitting.c_str());
  std::fflush(stderr);
}

void Progress::starting(const std::string& server, const Workload& workload,
                        const Outlook& outlook) {
  if (quiet_ || !live_) return;
  show(fmt::format("{}  {} {} ...  {}", position(outlook), workload.name,
                   server, last_));
}

void Progress::finished(const TrialRecord& record,
                        std::chrono::nanoseconds expected,
                        const Outlook& outlook) {
  const std::string line = one_line_about(record);
  expected_ += expected;
  taken_ += std::chrono::nanoseconds(record.elapsed_ns);
  last_ = fmt::format("(last: {})", line);
  if (quiet_ || live_) return;
  std::fprintf(stderr, "[%zu/%zu] %s\n", outlook.done, outlook.trials,
               line.c_str());
}

}  // namespace sockmark
