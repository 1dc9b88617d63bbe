// What has to hold of loadgen's URLs, whatever is given as one.
#pragma once

#include <string_view>

namespace sockmark {

// A target that is accepted can be put into a request, and what is put there is
// a URL of the same target. Aborts the program with a message if that does not
// hold.
void check_target(std::string_view input);

}  // namespace sockmark
