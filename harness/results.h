// A run's folder, results/<run>/: made, and written so that nothing is lost.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/experiment.h"
#include "harness/record.h"
#include "lib/fd.h"

namespace sockmark {

class RunFolder {
 public:
  // Makes `<results>/<date>-<time>-<preset>`, with a number behind it if that
  // is taken. Throws std::system_error that names the folder.
  RunFolder(const std::filesystem::path& results, const std::string& preset);

  // "20261122-024500-standard"
  std::string run() const { return path_.filename().string(); }
  const std::filesystem::path& path() const { return path_; }

  // Adds a line to trials.jsonl; on disk when this returns.
  void append(const TrialRecord& record);

  // Replaces a whole file at once: its old content or its new, never a part.
  void write(const std::string& name, const std::string& content) const;

 private:
  std::filesystem::path path_;
  Fd trials_;
};

// result.json: the whole run in one object.
std::string describe_result(const std::string& run,
                            const Experiment& experiment,
                            const std::string& environment,
                            const std::vector<TrialRecord>& trials,
                            bool interrupted);

}  // namespace sockmark
