#include "harness/server/server_counters.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/error.h"

namespace sockmark {
namespace {

Fd make_file() {
  Fd file(check(memfd_create("server counters", MFD_CLOEXEC), "memfd_create"));
  check(ftruncate(file.get(), sizeof(CounterPage)), "ftruncate");
  return file;
}

}  // namespace

void ServerCounters::Unmap::operator()(CounterPage* page) const {
  munmap(page, sizeof *page);
}

ServerCounters::ServerCounters()
    : file_(make_file()), page_(map_counters(file_.get())) {}

// By number: in the server, /proc/self would be itself.
std::vector<std::string> ServerCounters::arguments() const {
  return {"--counters", fmt::format("/proc/{}/fd/{}", getpid(), file_.get())};
}

std::optional<ServerCounts> ServerCounters::read() const {
  if (page_->magic != CounterPage::kMagic) return std::nullopt;
  const CounterSums sums = sum_of(*page_);
  return ServerCounts{.connections_accepted = sums.connections,
                      .requests_answered = sums.requests};
}

std::optional<ServerCounts> counted_between(
    const std::optional<ServerCounts>& before,
    const std::optional<ServerCounts>& after) {
  if (!before || !after) return std::nullopt;
  return ServerCounts{.connections_accepted = after->connections_accepted -
                                              before->connections_accepted,
                      .requests_answered =
                          after->requests_answered - before->requests_answered};
}

}  // namespace sockmark
