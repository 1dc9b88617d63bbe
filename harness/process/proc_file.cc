#include "harness/process/proc_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <charconv>

#include "lib/fd.h"

namespace sockmark {

std::optional<std::string> read_proc_file(const std::string& path) {
  const Fd file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return std::nullopt;
  std::string text;
  std::array<char, 4096> buffer;
  for (;;) {
    const ssize_t size = read(file.get(), buffer.data(), buffer.size());
    if (size < 0) return std::nullopt;
    if (size == 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(size));
  }
}

std::optional<std::int64_t> number_after(std::string_view text,
                                         std::string_view key) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? "" : text.substr(end + 1);
    if (!line.starts_with(key)) continue;
    line.remove_prefix(key.size());
    const auto start = line.find_first_not_of(" \t");
    if (start == 0 || start == std::string_view::npos) continue;
    line.remove_prefix(start);
    std::int64_t value = 0;
    const auto parsed =
        std::from_chars(line.data(), line.data() + line.size(), value);
    if (parsed.ec == std::errc()) return value;
  }
  return std::nullopt;
}

}  // namespace sockmark
