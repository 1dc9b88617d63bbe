// What the enumerators of a comparison are called in its file.
#pragma once

#include <string_view>

#include "harness/gate/comparison.h"

namespace sockmark {

constexpr std::string_view to_string(Better better) {
  return better == Better::lower ? "lower" : "higher";
}

constexpr std::string_view to_string(Rule rule) {
  switch (rule) {
    case Rule::noisy:
      return "noisy";
    case Rule::exact:
      return "exact";
    case Rule::none:
      return "none";
  }
  return "noisy";
}

constexpr std::string_view to_string(Pairing pairing) {
  return pairing == Pairing::paired ? "paired" : "unpaired";
}

}  // namespace sockmark
