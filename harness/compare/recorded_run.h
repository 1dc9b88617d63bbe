// A stored run with all that a comparison needs to know of it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/compare/fingerprint.h"
#include "harness/record/record.h"

namespace sockmark {

struct RecordedRun {
  std::string name;    // as asked for
  std::string origin;  // its folder or result.json, for messages
  std::string run;     // "20261122-024500-standard"
  std::string date;    // ISO 8601, UTC; empty if it does not say
  Fingerprint fingerprint;
  std::optional<std::string> commit;
  std::optional<bool> is_dirty;
  std::optional<std::string> loadgen_sha256;
  std::vector<TrialRecord> trials;  // those that count: attempts.h
  bool has_ended = true;            // and was not interrupted
  std::vector<std::string> notes;   // doubts about the whole, a sentence each
};

// `asked` is the path of a run's folder or of its result.json, a name in
// `results`, or "latest". Throws std::runtime_error that names the file and
// what is wrong with it: it cannot be read, is damaged or no run, has lost
// trials. Throws NotComparable for a newer schema.
RecordedRun read_recorded_run(const std::string& asked,
                              const std::filesystem::path& results);

// "commit 342db76c1d2e, changed since, 2026-01-31, 10 rounds"
std::string description_of(const RecordedRun& run);

// Whether a file, which can be read, is of Google Benchmark and not a run.
bool is_google_benchmark(const std::string& text);

}  // namespace sockmark
