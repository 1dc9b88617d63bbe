#include "harness/process/descriptor_limit.h"

#include <sys/resource.h>

#include <algorithm>

namespace sockmark {

void raise_descriptor_limit() {
  constexpr rlim_t kEnough = 65'536;
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const rlim_t allowed = std::min(kEnough, limit.rlim_max);
  if (limit.rlim_cur >= allowed) return;
  limit.rlim_cur = allowed;
  setrlimit(RLIMIT_NOFILE, &limit);  // the environment tells what came of it
}

}  // namespace sockmark
