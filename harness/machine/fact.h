// What is known of the machine, and why something is not.
#pragma once

#include <optional>
#include <string>
#include <utility>

namespace sockmark {

// A value, or the reason why there is none: never both, never neither.
template <typename T>
struct Fact {
  std::optional<T> value;
  std::string why_not;  // empty where there is a value

  static Fact known(T what) { return {std::move(what), ""}; }
  static Fact unknown(std::string reason) {
    return {std::nullopt, std::move(reason)};
  }
};

// The value turned into another, where there is one.
template <typename T, typename Change>
auto changed(const Fact<T>& fact, Change change)
    -> Fact<decltype(change(*fact.value))> {
  using Result = Fact<decltype(change(*fact.value))>;
  return fact.value ? Result::known(change(*fact.value))
                    : Result::unknown(fact.why_not);
}

}  // namespace sockmark
