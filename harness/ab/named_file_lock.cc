#include "harness/ab/named_file_lock.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

#include "lib/error.h"

namespace sockmark {

NamedFileLock::NamedFileLock(const std::filesystem::path& file,
                             const std::function<void()>& busy)
    : file_(check(open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644),
                  "cannot open the lock " + file.string())) {
  if (flock(file_.get(), LOCK_EX | LOCK_NB) == 0) return;
  if (errno == EWOULDBLOCK) busy();
  while (flock(file_.get(), LOCK_EX) != 0) {
    if (errno != EINTR) throw_errno("cannot lock " + file.string());
  }
}

}  // namespace sockmark
