#include "loadgen/verbs.h"

#include <algorithm>
#include <array>

namespace sockmark {

const Verb* find_verb(std::string_view name) {
  static constexpr std::array kVerbs = {
      Verb{"burst", run_burst}, Verb{"hold", run_hold}, Verb{"slow", run_slow}};
  const auto* const found = std::ranges::find(kVerbs, name, &Verb::name);
  return found == kVerbs.end() ? nullptr : found;
}

}  // namespace sockmark
