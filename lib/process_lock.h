// Locks between processes that a fork has made, for std::lock_guard.
#pragma once

#include <pthread.h>

#include "lib/fd.h"

namespace sockmark {

// flock(2) on a file without a name. The kernel sees a holder's death.
class FileLock {
 public:
  // To be made before the forks. Throws std::system_error.
  FileLock();

  // flock() tells holders apart by their open file, and a fork shares those:
  // each process has to open one of its own.
  void open_in_child();

  void lock();
  void unlock();

 private:
  Fd file_;
};

// A mutex in memory that the processes share. When its holder dies, the next
// one gets it: what it protects, an accept(), is never left half done.
class SharedMutex {
 public:
  // To be made before the forks. Throws std::system_error.
  SharedMutex();
  ~SharedMutex();
  SharedMutex(const SharedMutex&) = delete;
  SharedMutex& operator=(const SharedMutex&) = delete;

  void lock();
  void unlock();

 private:
  pthread_mutex_t* mutex_;
};

}  // namespace sockmark
