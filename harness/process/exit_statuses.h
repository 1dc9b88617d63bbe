// The exit statuses of sockmark, beside those that all programs share.
#pragma once

#include "lib/exit_status.h"

namespace sockmark {

inline constexpr int kExitRegression = 3;    // or an objective was missed
inline constexpr int kExitInconclusive = 4;  // with --strict only
inline constexpr int kExitServerFailed = 5;
inline constexpr int kExitTooNoisy = 6;  // the environment, not a server
inline constexpr int kExitNothingComparable = 7;

// As a shell says it: 130 after SIGINT, 143 after SIGTERM.
constexpr int exit_status_of_signal(int signal) { return 128 + signal; }

}  // namespace sockmark
