#include "harness/process/memory_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>

#include "lib/error.h"

namespace sockmark {

Fd memory_file(const char* name) {
  const Fd fd(check(memfd_create(name, MFD_CLOEXEC), "memfd_create"));
  const std::string path = fmt::format("/proc/self/fd/{}", fd.get());
  return Fd(check(open(path.c_str(), O_RDWR | O_APPEND | O_CLOEXEC), path));
}

std::string contents_of_file(const Fd& file) {
  std::string text;
  std::array<char, 4096> buffer;
  for (;;) {
    const ssize_t size = pread(file.get(), buffer.data(), buffer.size(),
                               static_cast<off_t>(text.size()));
    if (size <= 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(size));
  }
}

}  // namespace sockmark
