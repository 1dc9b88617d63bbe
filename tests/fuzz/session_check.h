// What has to hold of a Session for any bytes that it may be sent. Both abort
// the program with a message if it does not.
#pragma once

#include <string_view>

namespace sockmark {

// However the bytes are cut, the replies are the same, whole and in order.
void check_http_session(std::string_view input);

// However the bytes are cut, they come back.
void check_echo_session(std::string_view input);

}  // namespace sockmark
