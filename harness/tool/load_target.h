// What a load tool is aimed at, and which replies count as answers.
#pragma once

#include <optional>
#include <string>

namespace sockmark {

struct LoadTarget {
  std::string url;
  int expected_status = 200;
  std::optional<std::string> expected_body = {};  // none: any
};

}  // namespace sockmark
