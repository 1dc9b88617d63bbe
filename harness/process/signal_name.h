// Signals as people write them. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sockmark {

// What a server can be asked to stop with: "TERM" or "SIGTERM", case does not
// count. Nothing for others: a server can take no notice of KILL, and none of
// STOP ends it.
std::optional<int> stop_signal_named(std::string_view name);

// "TERM, INT, ..." of them all.
std::string stop_signal_names();

// "SIGTERM"; "signal 40" for one without a name.
std::string signal_name(int signal);

}  // namespace sockmark
