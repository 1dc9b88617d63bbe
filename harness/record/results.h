// A run's folder, results/<run>/: made, and written so that nothing is lost.
//
// What cannot be written is a std::runtime_error that names the file and the
// remedy; what was written before it is whole.
#pragma once

#include <filesystem>
#include <string>

#include "harness/record/record.h"
#include "lib/fd.h"

namespace sockmark {

class RunFolder {
 public:
  // Makes `<results>/<date>-<time>-<name>`, with a number behind it if that is
  // taken. `setup` becomes its experiment.json before there is anything that
  // makes it a run: what can be found can be resumed.
  RunFolder(const std::filesystem::path& results, const std::string& name,
            const std::string& setup);

  // That of an earlier run, to go on with. A last line of trials.jsonl that was
  // cut off is dropped.
  static RunFolder resume(const std::filesystem::path& path);

  // "20261122-024500-standard"
  std::string run() const { return path_.filename().string(); }
  const std::filesystem::path& path() const { return path_; }

  // Adds a line to trials.jsonl; on disk when this returns.
  void append(const TrialRecord& record);

  // Replaces a whole file at once: its old content or its new, never a part.
  // On disk when this returns.
  void write(const std::string& name, const std::string& content) const;

  // A file's content. Throws std::runtime_error if it cannot be read.
  std::string read(const std::string& name) const;

 private:
  explicit RunFolder(std::filesystem::path path);
  void open_trials();

  std::filesystem::path path_;
  Fd trials_;
};

}  // namespace sockmark
