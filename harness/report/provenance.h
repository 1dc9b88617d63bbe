// Where a run's figures come from, in a line.
#pragma once

#include <filesystem>
#include <string>

namespace sockmark {

// "AMD EPYC 7B13, 2 CPUs · Linux 6.18.5 · commit 342db76 · 2026-01-31 · seed
// 42", from environment.json and result.json in the run's folder. What they do
// not say is left out, and so are files that are missing or damaged: a chart is
// worth drawing without them.
std::string provenance_of(const std::filesystem::path& run_folder);

}  // namespace sockmark
