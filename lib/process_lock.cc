#include "lib/process_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>

#include <cerrno>
#include <string>

#include "lib/error.h"

namespace sockmark {
namespace {

// For the calls of pthreads, which return the error.
void require(int error, const char* what) {
  if (error != 0) throw_errno(what, error);
}

}  // namespace

FileLock::FileLock()
    : file_(check(memfd_create("accept lock", MFD_CLOEXEC), "memfd_create")) {}

void FileLock::open_in_child() {
  const std::string path = "/proc/self/fd/" + std::to_string(file_.get());
  file_ = Fd(check(open(path.c_str(), O_RDWR | O_CLOEXEC), path));
}

void FileLock::lock() {
  while (flock(file_.get(), LOCK_EX) < 0) {
    if (errno != EINTR) throw_errno("flock");
  }
}

void FileLock::unlock() { flock(file_.get(), LOCK_UN); }

SharedMutex::SharedMutex() {
  void* const memory =
      mmap(nullptr, sizeof(pthread_mutex_t), PROT_READ | PROT_WRITE,
           MAP_ANONYMOUS | MAP_SHARED, -1, 0);
  if (memory == MAP_FAILED) throw_errno("mmap");
  mutex_ = static_cast<pthread_mutex_t*>(memory);
  pthread_mutexattr_t attributes;
  require(pthread_mutexattr_init(&attributes), "pthread_mutexattr_init");
  pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
  require(pthread_mutex_init(mutex_, &attributes), "pthread_mutex_init");
  pthread_mutexattr_destroy(&attributes);
}

SharedMutex::~SharedMutex() { munmap(mutex_, sizeof(pthread_mutex_t)); }

void SharedMutex::lock() {
  const int error = pthread_mutex_lock(mutex_);
  if (error == EOWNERDEAD) {
    require(pthread_mutex_consistent(mutex_), "pthread_mutex_consistent");
  } else {
    require(error, "pthread_mutex_lock");
  }
}

void SharedMutex::unlock() { pthread_mutex_unlock(mutex_); }

}  // namespace sockmark
