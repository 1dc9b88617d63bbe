#include "lib/server_main.h"

#include <cstdio>
#include <exception>
#include <filesystem>

#include "lib/counters.h"
#include "lib/error.h"
#include "lib/exit_status.h"

namespace sockmark {

static int report(const char* program, const std::exception& failure,
                  int status) {
  const std::string name = std::filesystem::path(program).filename().string();
  std::fprintf(stderr, "%s: %s\n", name.c_str(), failure.what());
  return status;
}

int server_main(int argc, char** argv, void (*run)(const Options&),
                const std::vector<Choice>& choices) {
  try {
    Options options;
    if (const auto status = parse_options(argc, argv, choices, options)) {
      return *status;
    }
    if (!options.counters.empty()) count_into(options.counters);
    run(options);
    return kExitOk;
  } catch (const Unavailable& failure) {
    return report(argv[0], failure, kExitUnavailable);
  } catch (const std::exception& failure) {
    return report(argv[0], failure, kExitFailed);
  }
}

}  // namespace sockmark
