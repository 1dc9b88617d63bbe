// A stored run as history sees it: when, of which commit, on which machine.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/compare/fingerprint.h"

namespace sockmark {

struct StoredRunFacts {
  std::string name;                    // of its folder
  std::string date;                    // ISO 8601, UTC: "2026-01-31T12:00:00Z"
  std::optional<std::string> commit;   // of the folder sockmark was built from
  std::optional<bool> dirty;           // files there differed from it
  std::optional<Fingerprint> machine;  // none: the run does not say
  bool has_ended = true;               // known when its trials have been read
};

// From environment.json or, where there is none, result.json; the date, if
// neither has it, from the first trial. Throws std::runtime_error that says why
// the folder is no run, or one that cannot be relied on: a file is damaged, cut
// off or of a newer schema.
StoredRunFacts read_facts(const std::filesystem::path& run_folder);

// All folders in `results`, but hidden ones, by name. None where there is no
// such folder. Throws std::runtime_error where it is none or cannot be read.
std::vector<std::filesystem::path> folders_in(
    const std::filesystem::path& results);

}  // namespace sockmark
