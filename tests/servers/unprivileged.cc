#include "tests/servers/unprivileged.h"

#include <unistd.h>

#include <system_error>

#include "tests/servers/ran.h"

namespace sockmark {

std::vector<std::string> as_someone_else() {
  // Tests that run at the same time must not share a user.
  const std::string id = std::to_string(20'000 + getpid() % 40'000);
  return {"setpriv",        "--reuid=" + id, "--regid=" + id,
          "--clear-groups", "--pdeathsig",   "KILL"};
}

bool can_run(std::vector<std::string> argv) {
  argv.emplace_back("--help");
  try {
    return run_to_end(argv).status == 0;
  } catch (const std::system_error&) {  // no setpriv, no prlimit
    return false;
  }
}

}  // namespace sockmark
