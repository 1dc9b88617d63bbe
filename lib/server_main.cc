#include "lib/server_main.h"

#include <cstdio>
#include <exception>
#include <filesystem>

#include "lib/exit_status.h"

namespace sockmark {

int server_main(int argc, char** argv, void (*run)(const Options&)) {
  try {
    Options options;
    if (const auto status = parse_options(argc, argv, options)) return *status;
    run(options);
    return kExitOk;
  } catch (const std::exception& failure) {
    const std::string name = std::filesystem::path(argv[0]).filename().string();
    std::fprintf(stderr, "%s: %s\n", name.c_str(), failure.what());
    return kExitFailed;
  }
}

}  // namespace sockmark
