#include "harness/ab/named_file_lock.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

#include "lib/error.h"

namespace sockmark {

NamedFileLock::NamedFileLock(const std::filesystem::path& file)
    : file_(check(open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644),
                  "cannot open the lock " + file.string())) {}

NamedFileLock::NamedFileLock(const std::filesystem::path& file,
                             const std::function<void()>& busy)
    : NamedFileLock(file) {
  if (flock(file_.get(), LOCK_EX | LOCK_NB) == 0) return;
  if (errno == EWOULDBLOCK) busy();
  while (flock(file_.get(), LOCK_EX) != 0) {
    if (errno != EINTR) throw_errno("cannot lock " + file.string());
  }
}

std::optional<NamedFileLock> NamedFileLock::if_free(
    const std::filesystem::path& file) {
  NamedFileLock lock(file);
  if (flock(lock.file_.get(), LOCK_EX | LOCK_NB) == 0) return lock;
  if (errno == EWOULDBLOCK) return std::nullopt;
  throw_errno("cannot lock " + file.string());
}

}  // namespace sockmark
