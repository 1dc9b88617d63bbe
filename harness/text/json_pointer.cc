#include "harness/text/json_pointer.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace sockmark {

std::string pointer_part(std::string_view key) {
  std::string part;
  for (const char byte : key) {
    if (byte == '~') {
      part += "~0";
    } else if (byte == '/') {
      part += "~1";
    } else {
      part += byte;
    }
  }
  return part;
}

std::string pointer_label(const std::string& pointer) {
  const nlohmann::json::json_pointer path(pointer);
  if (path.empty()) return "";
  const auto& last = path.back();
  const auto parent = path.parent_pointer();
  const bool is_index = !last.empty() && last.find_first_not_of("0123456789") ==
                                             std::string::npos;
  if (!is_index || parent.empty()) return fmt::format("\"{}\"", last);
  return fmt::format("{}[{}]", pointer_label(parent.to_string()), last);
}

}  // namespace sockmark
