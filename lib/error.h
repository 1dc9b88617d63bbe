// The only place where errno turns into an exception.
#pragma once

#include <cerrno>
#include <string>
#include <string_view>
#include <system_error>

namespace sockmark {

[[noreturn]] inline void throw_errno(std::string_view what, int error = errno) {
  throw std::system_error(error, std::generic_category(), std::string(what));
}

// The result of a system call, or a std::system_error that names what failed.
template <typename Result>
Result check(Result result, std::string_view what) {
  if (result == static_cast<Result>(-1)) throw_errno(what);
  return result;
}

}  // namespace sockmark
