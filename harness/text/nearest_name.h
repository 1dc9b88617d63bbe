// What somebody may have meant. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sockmark {

// The name that differs from `name` by the fewest letters (added, left out or
// changed: Levenshtein 1966), at most two and fewer than half; nothing if none
// does.
std::optional<std::string> nearest_name(std::string_view name,
                                        const std::vector<std::string>& known);

// " (did you mean 'stop'?)", or nothing.
std::string suggestion(std::string_view name,
                       const std::vector<std::string>& known);

}  // namespace sockmark
