// The command of --build.
#pragma once

#include <filesystem>
#include <string>

namespace sockmark {

// Has `sh -c command` run in `folder`, for as long as it takes, and keeps what
// it said in `log`, which is replaced. What git or make have put into our
// environment is not in its own. Throws std::runtime_error with its last lines
// if it fails; `title` says whose build it is.
void run_build(const std::string& title, const std::filesystem::path& folder,
               const std::string& command, const std::filesystem::path& log);

}  // namespace sockmark
