// What a load is put on, and which answer counts.
#pragma once

#include <optional>
#include <string>

namespace sockmark {

struct LoadTarget {
  std::string url;
  int expected_status = 200;
  std::optional<std::string> expected_body;
};

}  // namespace sockmark
