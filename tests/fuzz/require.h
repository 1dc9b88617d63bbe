// What a check says when something does not hold.
#pragma once

#include <string_view>

namespace sockmark {

// Aborts the program unless `holds`. The message says what the code under test
// does, in which way it got the input, and what that was.
void require(bool holds, std::string_view what, std::string_view way,
             std::string_view input);

}  // namespace sockmark
