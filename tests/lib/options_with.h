// The servers' options, all at their defaults but one.
#pragma once

#include <cstddef>

#include "lib/options.h"

namespace sockmark {

inline Options with_body(std::size_t bytes) {
  Options options;
  options.body_bytes = bytes;
  return options;
}

inline Options with_keep_alive_off() {
  Options options;
  options.keep_alive = false;
  return options;
}

inline Options with_echo() {
  Options options;
  options.protocol = Protocol::echo;
  return options;
}

inline Options with_work(const Work& work) {
  Options options;
  options.work = work;
  return options;
}

}  // namespace sockmark
