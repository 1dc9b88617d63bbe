// The only place where errno turns into an exception.
#pragma once

#include <cerrno>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

namespace sockmark {

[[noreturn]] inline void throw_errno(std::string_view what, int error = errno) {
  throw std::system_error(error, std::generic_category(), std::string(what));
}

// Thrown when this kernel has not got, or does not allow, what is needed.
class Unavailable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The result of a system call, or a std::system_error that names what failed.
template <typename Result>
Result check(Result result, std::string_view what) {
  if (result == static_cast<Result>(-1)) throw_errno(what);
  return result;
}

}  // namespace sockmark
