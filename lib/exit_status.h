// The exit statuses that all programs of the project share.
#pragma once

namespace sockmark {

inline constexpr int kExitOk = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitUsage = 2;

// A server that this kernel cannot run: EX_UNAVAILABLE of sysexits.h.
inline constexpr int kExitUnavailable = 69;

}  // namespace sockmark
