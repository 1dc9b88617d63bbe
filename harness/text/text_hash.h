// A short name for a text. Pure.
#pragma once

#include <string>
#include <string_view>

namespace sockmark {

// 16 hexadecimal digits, the same on every machine. Not for what somebody
// might forge.
std::string hash_of_text(std::string_view text);

}  // namespace sockmark
