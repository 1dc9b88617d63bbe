// Two things that are each whole and right, and cannot be compared.
#pragma once

#include <stdexcept>

namespace sockmark {

// Its message names what differs. Verbs exit with kExitNothingComparable.
struct NotComparable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace sockmark
