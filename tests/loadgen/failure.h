// What a call that must fail says.
#pragma once

#include <gtest/gtest.h>

#include <string>

namespace sockmark {

// The message of the Exception that `call` throws.
template <typename Exception, typename Call>
std::string failure_of(const Call& call) {
  try {
    call();
  } catch (const Exception& failure) {
    return failure.what();
  }
  ADD_FAILURE() << "nothing was thrown";
  return "";
}

}  // namespace sockmark
