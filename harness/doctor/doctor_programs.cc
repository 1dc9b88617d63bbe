// Doctor: the programs, ours and those we call.
#include <fmt/format.h>

#include "harness/doctor/doctor.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

// By the Debian package that has it.
struct Tool {
  const char* name;
  const char* package;
  const char* purpose;
};
constexpr Tool kTools[] = {
    {"wrk", "wrk", "No second load tool to hold loadgen against."},
    {"h2load", "nghttp2-client", "No --tool h2load."},
    {"ab", "apache2-utils", "No --tool ab."},
    {"gnuplot", "gnuplot-nox", "No charts."},
};

void add_missing_tools(const Environment& e, DoctorFindings& findings) {
  for (const Tool& tool : kTools) {
    const auto found = e.tools.find(tool.name);
    if (found == e.tools.end() || found->second.value) continue;
    findings.push_back(
        {DoctorFinding::Severity::note, std::string("no_") + tool.name,
         std::string(tool.name) + " is not installed", tool.purpose,
         std::string("apt-get install ") + tool.package});
  }
}

void add_build(const Build& build, DoctorFindings& findings) {
  const bool has_sanitizer =
      build.flags.find("-fsanitize=") != std::string::npos;
  const bool is_optimised =
      build.type == "Release" || build.type == "RelWithDebInfo";
  if (is_optimised && !has_sanitizer) return;
  findings.push_back(
      {DoctorFinding::Severity::unfit, "debug_build",
       has_sanitizer
           ? "This build has a sanitizer in it"
           : "This build is not optimised (" +
                 (build.type.empty() ? "no build type" : build.type) + ")",
       "Its servers and its load generator are several times slower, each in "
       "another way.",
       "cmake --preset release && cmake --build --preset release"});
}

void add_other_runs(const MachineState& state, DoctorFindings& findings) {
  if (state.other_sockmarks.empty()) return;
  std::vector<std::string> pids;
  for (const pid_t pid : state.other_sockmarks) {
    pids.push_back(std::to_string(pid));
  }
  findings.push_back(
      {DoctorFinding::Severity::unfit, "other_sockmark",
       "Another sockmark is running: process " + join(pids, ", "),
       "Two runs at a time measure each other.",
       "kill -INT " + join(pids, " ")});
}

}  // namespace

DoctorFindings examine_programs(const Environment& environment,
                                const MachineState& state) {
  DoctorFindings findings;
  add_other_runs(state, findings);
  add_build(environment.build, findings);
  add_missing_tools(environment, findings);
  return findings;
}

}  // namespace sockmark
