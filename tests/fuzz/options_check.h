// What has to hold of loadgen's command line, whatever is typed.
#pragma once

#include <string_view>

namespace sockmark {

// Each line is a word. They are a load that can be put on, or a mistake that is
// told in one line; and each may be a duration, which reads the same when it
// was printed. Aborts the program with a message if that does not hold.
void check_options(std::string_view input);

}  // namespace sockmark
