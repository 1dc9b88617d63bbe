#include "harness/doctor/doctor.h"

#include <algorithm>

#include "harness/text/text.h"

namespace sockmark {
namespace {

bool is_unfit(const DoctorFinding& finding) {
  return finding.severity == DoctorFinding::Severity::unfit;
}

}  // namespace

DoctorFindings examine_noise(const std::vector<WorkloadNoise>& noise) {
  DoctorFindings findings;
  for (const WorkloadNoise& workload : noise) {
    const auto& figure = workload.requests_per_second;
    if (!figure || figure->smallest_difference <= kCoarsest) continue;
    findings.push_back(
        {.severity = DoctorFinding::Severity::unfit,
         .id = "noisy",
         .what = "In `" + workload.workload + "`, only differences over " +
                 format_percent(figure->smallest_difference) +
                 " of req/s can be told apart in 10 rounds",
         .why = "Servers that differ by less would be ranked by chance. End "
                "what else runs here, mend what is above, or measure longer "
                "and more rounds.",
         .command = ""});
  }
  return findings;
}

DoctorFindings examine(const Environment& environment,
                       const MachineState& state) {
  DoctorFindings all;
  for (const auto part : {examine_cpus, examine_kernel, examine_programs}) {
    const DoctorFindings found = part(environment, state);
    all.insert(all.end(), found.begin(), found.end());
  }
  std::stable_partition(all.begin(), all.end(), is_unfit);
  return all;
}

bool is_fit(const DoctorFindings& findings) {
  return std::none_of(findings.begin(), findings.end(), is_unfit);
}

}  // namespace sockmark
