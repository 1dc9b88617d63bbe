#include "loadgen/connects.h"

#include <cerrno>

namespace sockmark {

void Connects::count_failure(int error) {
  last_error = error;
  switch (error) {
    case EADDRNOTAVAIL:  // no port is left
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM:
      ++local;
      return;
    case ETIMEDOUT:
      ++timed_out;
      return;
    default:
      ++refused;
  }
}

void Connects::add(const Connects& other) {
  requested += other.requested;
  established += other.established;
  refused += other.refused;
  timed_out += other.timed_out;
  local += other.local;
  if (other.last_error != 0) last_error = other.last_error;
}

}  // namespace sockmark
