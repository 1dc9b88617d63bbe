#include "harness/text/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace sockmark {

std::size_t terminal_width(int fd) {
  constexpr std::size_t kNarrowest = 40;
  constexpr std::size_t kDefault = 80;
  if (const char* const columns = std::getenv("COLUMNS")) {
    const long wanted = std::strtol(columns, nullptr, 10);
    if (wanted > 0) {
      return std::max(kNarrowest, static_cast<std::size_t>(wanted));
    }
  }
  winsize size{};
  if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kDefault;
  return std::max<std::size_t>(kNarrowest, size.ws_col);
}

bool wants_colour(int fd) {
  const char* const no_colour = std::getenv("NO_COLOR");
  return isatty(fd) == 1 && (no_colour == nullptr || *no_colour == '\0');
}

TerminalStyle style_of(int fd) {
  return {.width = terminal_width(fd), .colour = wants_colour(fd)};
}

}  // namespace sockmark
