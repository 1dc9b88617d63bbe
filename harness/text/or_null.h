// JSON's null for what is not known.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace sockmark {

template <typename T>
nlohmann::ordered_json or_null(const std::optional<T>& value) {
  return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json();
}

// Of words: nothing was said.
inline nlohmann::ordered_json or_null(const std::string& text) {
  return text.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(text);
}

}  // namespace sockmark
