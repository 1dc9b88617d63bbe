#include "harness/process/signal_name.h"

#include <array>
#include <csignal>
#include <cstring>

#include "lib/http.h"

namespace sockmark {
namespace {

struct Named {
  std::string_view name;
  std::string_view lower;
  int signal;
};

constexpr std::array kStopSignals = {
    Named{"TERM", "term", SIGTERM},   Named{"INT", "int", SIGINT},
    Named{"QUIT", "quit", SIGQUIT},   Named{"HUP", "hup", SIGHUP},
    Named{"USR1", "usr1", SIGUSR1},   Named{"USR2", "usr2", SIGUSR2},
    Named{"WINCH", "winch", SIGWINCH}};

}  // namespace

std::optional<int> stop_signal_named(std::string_view name) {
  constexpr std::string_view kPrefix = "sig";
  if (equals_ignoring_case(name.substr(0, kPrefix.size()), kPrefix)) {
    name.remove_prefix(kPrefix.size());
  }
  for (const Named& known : kStopSignals) {
    if (equals_ignoring_case(name, known.lower)) return known.signal;
  }
  return std::nullopt;
}

std::string stop_signal_names() {
  std::string names;
  for (const Named& known : kStopSignals) {
    if (!names.empty()) names += ", ";
    names += known.name;
  }
  return names;
}

std::string signal_name(int signal) {
  const char* const name = sigabbrev_np(signal);
  return name == nullptr ? "signal " + std::to_string(signal)
                         : std::string("SIG") + name;
}

}  // namespace sockmark
