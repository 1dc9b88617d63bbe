#include "harness/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "harness/terminal.h"
#include "harness/text.h"

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

Progress::Progress(std::size_t trials, std::chrono::nanoseconds expected,
                   bool quiet)
    : trials_(trials),
      expected_(expected),
      started_(std::chrono::steady_clock::now()),
      live_(isatty(STDERR_FILENO) == 1),
      quiet_(quiet) {}

Progress::~Progress() {
  if (live_ && !quiet_) std::fputs("\r\033[K", stderr);
}

// Until the first trials have shown how long they take, the plan is believed.
std::string Progress::position() const {
  const auto elapsed = std::chrono::steady_clock::now() - started_;
  const auto n = static_cast<long>(trials_);
  const auto done = static_cast<long>(done_);
  const auto each = done == 0 ? expected_ / std::max(1L, n) : elapsed / done;
  return fmt::format("[{}/{}] {} left", std::min(done + 1, n), n,
                     format_left(each * (n - done)));
}

void Progress::show(const std::string& line) {
  const std::string fitting = shorten(line, terminal_width(STDERR_FILENO) - 1);
  std::fprintf(stderr, "\r\033[K%s", fitting.c_str());
  std::fflush(stderr);
}

void Progress::starting(const std::string& server, const Workload& workload) {
  if (quiet_ || !live_) return;
  show(fmt::format("{}  {} {} ...  {}", position(), workload.name, server,
                   last_));
}

void Progress::finished(const TrialRecord& record) {
  const std::string line = one_line_about(record);
  ++done_;
  last_ = fmt::format("(last: {})", line);
  if (quiet_ || live_) return;
  std::fprintf(stderr, "[%zu/%zu] %s\n", done_, trials_, line.c_str());
}

}  // namespace sockmark
