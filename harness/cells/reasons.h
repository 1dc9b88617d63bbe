// Reasons that differ only in their numbers, told once with the range of them.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/cells/cells.h"

namespace sockmark {

// The reason without its numbers: equal for reasons that are of one kind.
std::string kind_of_reason(std::string_view reason);

// One text for reasons of one kind: "achieved 98.1 % of the rate" and "achieved
// 92.5 % of the rate" become "achieved 92.5–98.1 % of the rate". Empty of none.
std::string merged_reason(const std::vector<std::string>& reasons);

// Mishaps of one kind and one kind of reason become one.
std::vector<Mishap> merged(const std::vector<Mishap>& mishaps);

}  // namespace sockmark
