// Running a server as a user without rights, whose limits count.
#pragma once

#include <string>
#include <vector>

namespace sockmark {

// What to put in front of a command, to run it as a user who has no process
// yet: limits count per user, and do not hold for root. It takes root.
std::vector<std::string> as_someone_else();

// Whether this user can run it, programs such as setpriv included.
bool can_run(std::vector<std::string> argv);

}  // namespace sockmark
