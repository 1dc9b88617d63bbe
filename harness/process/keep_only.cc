#include "harness/process/keep_only.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

namespace sockmark {

void keep_only(std::array<int, 4> kept) {
  std::sort(kept.begin(), kept.end());
  unsigned next = 0;
  for (const int fd : kept) {
    if (fd < 0) continue;
    const auto number = static_cast<unsigned>(fd);
    if (number > next) close_range(next, number - 1, 0);
    next = number + 1;
  }
  close_range(next, ~0U, 0);
  open("/dev/null", O_RDWR);  // 0, and then 1 and 2
  (void)!dup(STDIN_FILENO);
  (void)!dup(STDIN_FILENO);
}

}  // namespace sockmark
