// sockmark: one verb, one action.
#include <csignal>
#include <cstdio>
#include <exception>
#include <stdexcept>

#include "harness/verbs/verbs.h"
#include "harness/version.h"
#include "lib/command_line.h"
#include "lib/exit_status.h"
#include "lib/stop.h"

using namespace sockmark;

static constexpr const char* kDescription =
    "Compares server concurrency models: starts each server, checks it, puts\n"
    "load on it, records and charts what happened.\n\n"
    "  sockmark run --preset quick\n"
    "  sockmark run --servers poll,epoll_lt --workload long\n"
    "  sockmark ab main . --build make\n"
    "  sockmark table";

static constexpr const char* kFooter =
    "Exit status: 0 fine, 1 failed to run, 2 usage, 3 a regression or a\n"
    "missed objective, 4 inconclusive (with --strict), 5 a server failed,\n"
    "6 environment too noisy, 7 nothing comparable, 130 or 143 interrupted.";

int main(int argc, char** argv) {
  CLI::App app(kDescription, "sockmark");
  app.footer(kFooter);
  app.set_version_flag("--version", std::string("sockmark ") + kVersion);
  app.require_subcommand(1);
  // A limit of the file system is an error to tell of, and not our end.
  handle_signal(SIGXFSZ, [](int) {});
  Action action;
  for (const auto add_verb :
       {add_list, add_run, add_ab, add_compare, add_baseline, add_table,
        add_plot, add_ratio, add_history, add_export, add_doctor,
        add_selfcheck}) {
    add_verb(app, action);
  }
  if (const auto status = parse_command_line(app, argc, argv)) return *status;
  try {
    return action();
  } catch (const std::invalid_argument& mistake) {
    std::fprintf(stderr, "sockmark: %s (see --help)\n", mistake.what());
    return kExitUsage;
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "sockmark: %s\n", failure.what());
    return kExitFailed;
  }
}
