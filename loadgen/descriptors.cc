#include "loadgen/descriptors.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <stdexcept>

#include "lib/error.h"

namespace sockmark {
namespace {

constexpr rlim_t kUsual = 16;  // what is open anyway

}  // namespace

void require_descriptors(std::size_t connections, std::size_t others) {
  const rlim_t needed = connections + others + kUsual;
  rlimit limit{};
  check(getrlimit(RLIMIT_NOFILE, &limit), "getrlimit");
  if (limit.rlim_cur >= needed) return;
  if (limit.rlim_max < needed) {
    throw std::runtime_error(fmt::format(
        "{} connections need {} descriptors and the limit is {}: raise it with "
        "'ulimit -n {}' or ask for fewer",
        connections, needed, limit.rlim_max, needed));
  }
  limit.rlim_cur = needed;
  check(setrlimit(RLIMIT_NOFILE, &limit), "setrlimit");
}

std::size_t affordable_connections() {
  constexpr rlim_t kOthers = 48;
  rlimit limit{};
  check(getrlimit(RLIMIT_NOFILE, &limit), "getrlimit");
  const rlim_t reserved = kUsual + kOthers;
  return limit.rlim_max > reserved ? limit.rlim_max - reserved : 0;
}

}  // namespace sockmark
