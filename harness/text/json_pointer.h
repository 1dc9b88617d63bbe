// Pointers to a value of a JSON text: RFC 6901. Pure.
#pragma once

#include <string>
#include <string_view>

namespace sockmark {

// `key` as a part of a JSON pointer.
std::string pointer_part(std::string_view key);

// What a message calls the value at `pointer`: "stop", or "command"[1], with
// the quotes. Empty for the whole.
std::string pointer_label(const std::string& pointer);

}  // namespace sockmark
