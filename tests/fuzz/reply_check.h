// What has to hold of loadgen's ResponseParser for any bytes from a server.
#pragma once

#include <string_view>

namespace sockmark {

// However the bytes are cut, they are the same replies, and it is the same
// whether the end of the connection ends the last one. Aborts the program with
// a message if that does not hold.
void check_replies(std::string_view input);

}  // namespace sockmark
