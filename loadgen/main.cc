// options → load → tally → verdict → report
#include <atomic>
#include <csignal>
#include <exception>
#include <fstream>
#include <iostream>
#include <stdexcept>

#include "lib/exit_status.h"
#include "lib/stop.h"
#include "loadgen/load.h"
#include "loadgen/options.h"
#include "loadgen/report.h"
#include "loadgen/verbs.h"
#include "loadgen/verdict.h"

using namespace sockmark;

static constexpr int kExitInterrupted = 130;

static std::atomic<bool> stop = false;
static_assert(std::atomic<bool>::is_always_lock_free);  // for the handler

// Opened before the load: a file that cannot be written is not worth one.
static std::ofstream open_json(const std::string& file) {
  if (file.empty() || file == "-") return {};
  std::ofstream out(file);
  if (!out) throw std::runtime_error("cannot write " + file);
  return out;
}

static int run(const LoadSpec& spec) {
  handle_signal(SIGINT, [](int) { stop = true; });
  handle_signal(SIGTERM, [](int) { stop = true; });
  std::ofstream file = open_json(spec.json_file);
  const Tally tally = run_load(spec, stop);
  const LoadVerdict verdict = judge(spec, tally, stop);
  std::cerr << to_text(spec, tally, verdict);
  if (!spec.json_file.empty()) {
    (spec.json_file == "-" ? std::cout : file)
        << to_json(spec, tally, verdict) << std::endl;
  }
  if (stop) return kExitInterrupted;
  return verdict.status == LoadVerdict::Status::invalid ? kExitFailed : kExitOk;
}

int main(int argc, char** argv) {
  try {
    if (argc > 1) {
      if (const Verb* const verb = find_verb(argv[1])) {
        return verb->run(argc - 1, argv + 1);
      }
    }
    LoadSpec spec;
    if (const auto status = parse_options(argc, argv, spec)) return *status;
    return run(spec);
  } catch (const std::exception& failure) {
    std::cerr << "loadgen: " << failure.what() << '\n';
    return kExitFailed;
  }
}
