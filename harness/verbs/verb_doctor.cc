// sockmark doctor: is this machine fit to measure on, and what would make it
// so.
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <memory>

#include "harness/doctor/doctor.h"
#include "harness/doctor/doctor_report.h"
#include "harness/process/exit_statuses.h"
#include "harness/process/installation.h"
#include "harness/server/model.h"
#include "harness/server/server_choice.h"
#include "harness/text/terminal.h"
#include "harness/verbs/verbs.h"
#include "lib/exit_status.h"
#include "lib/stop.h"

namespace sockmark {
namespace {

// Fast, with one thread, and of nothing that a kernel may lack.
constexpr const char* kServer = "epoll_lt";

std::atomic<bool> stop = false;
static_assert(std::atomic<bool>::is_always_lock_free);  // for the handler

struct DoctorOptions {
  bool as_json = false;
  bool no_noise = false;
};

void add_noise(const CpuPlan& cpus, Diagnosis& diagnosis) {
  const auto models =
      select_servers(read_models(installation().servers / "MODELS"), {kServer});
  for (const int signal : {SIGINT, SIGTERM}) {
    handle_signal(signal, [](int) { stop = true; });
  }
  diagnosis.server = kServer;
  diagnosis.noise = measure_noise(models.front(), cpus, {}, stop);
  DoctorFindings found = examine_noise(diagnosis.noise);
  diagnosis.findings.insert(diagnosis.findings.begin(), found.begin(),
                            found.end());
}

int examine_this_machine(const DoctorOptions& options) {
  constexpr std::chrono::seconds kLook(1);
  const SystemFiles files;
  const CpuPlan cpus = split_cpus();
  const Environment environment = read_environment(files, cpus, std::nullopt);
  const MachineState state = observe_machine(files, environment.cgroup, kLook);
  Diagnosis diagnosis{
      .findings = examine(environment, state), .server = "", .noise = {}};
  if (!options.no_noise) {
    std::fprintf(stderr, "measuring this machine's noise, for %lld s at most\n",
                 static_cast<long long>(std::chrono::ceil<std::chrono::seconds>(
                                            NoiseTrials().budget)
                                            .count()));
    add_noise(cpus, diagnosis);
    if (stop) return exit_status_of_signal(SIGINT);
  }
  const std::string text = options.as_json
                               ? to_json(diagnosis, environment) + "\n"
                               : to_text(diagnosis, style_of(STDOUT_FILENO));
  std::fputs(text.c_str(), stdout);
  return is_fit(diagnosis.findings) ? kExitOk : kExitTooNoisy;
}

}  // namespace

void add_doctor(CLI::App& app, Action& action) {
  const auto options = std::make_shared<DoctorOptions>();
  CLI::App* const verb =
      app.add_subcommand("doctor", "Is this machine fit to measure on?");
  verb->add_flag("--json", options->as_json, "For machines");
  verb->add_flag("--no-noise", options->no_noise,
                 "Only look: measure no server against itself");
  verb->callback([options, &action] {
    action = [options] { return examine_this_machine(*options); };
  });
}

}  // namespace sockmark
