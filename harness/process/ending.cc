#include "harness/process/ending.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <cstring>

namespace sockmark {

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

}  // namespace sockmark
