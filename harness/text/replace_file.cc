#include "harness/text/replace_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <string>

namespace sockmark {
namespace {

namespace fs = std::filesystem;

int write_through(const fs::path& file, int flags, std::string_view content) {
  constexpr mode_t kMode = 0644;
  const Fd fd(
      open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, kMode));
  return fd ? write_to_disk(fd, content) : errno;
}

}  // namespace

int write_to_disk(const Fd& fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  // EINVAL: of a pipe or a terminal, which have no disk.
  return fsync(fd.get()) == 0 || errno == EINVAL ? 0 : errno;
}

void sync_folder(const fs::path& folder) {
  const Fd fd(open(folder.empty() ? "." : folder.c_str(),
                   O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd) fsync(fd.get());
}

int replace_file(const fs::path& file, std::string_view content) {
  std::error_code unknown;
  if (fs::exists(file, unknown) && fs::is_other(file, unknown)) {
    return write_through(file, 0, content);
  }
  fs::path temporary = file;
  temporary += ".part";
  int error = write_through(temporary, O_TRUNC, content);
  if (error == 0 && std::rename(temporary.c_str(), file.c_str()) != 0) {
    error = errno;
  }
  if (error != 0) {
    unlink(temporary.c_str());
  } else {
    sync_folder(file.parent_path());
  }
  return error;
}

void write_file(const fs::path& file, std::string_view content) {
  const int error = replace_file(file, content);
  if (error == 0) return;
  throw std::runtime_error("cannot write " + file.string() + ": " +
                           std::strerror(error));
}

}  // namespace sockmark
