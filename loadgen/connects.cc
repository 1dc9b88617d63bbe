#include "loadgen/connects.h"

#include <cerrno>

#include "loadgen/socket_errors.h"

namespace sockmark {

void Connects::count_failure(int error) {
  last_error = error;
  if (is_local(error)) {
    ++local;
  } else if (error == ETIMEDOUT) {
    ++timed_out;
  } else {
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
