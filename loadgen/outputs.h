// Where the result goes: files, stdout, a person's terminal.
#pragma once

#include <chrono>
#include <fstream>
#include <memory>
#include <optional>
#include <vector>

#include "loadgen/hdr_files.h"
#include "loadgen/intervals.h"
#include "loadgen/objective.h"
#include "loadgen/options.h"
#include "loadgen/tally.h"
#include "loadgen/verdict.h"

namespace sockmark {

class Outputs {
 public:
  // Opens all files: one that cannot be written is not worth a load. Throws
  // std::runtime_error. `spec` must outlive it.
  explicit Outputs(const LoadSpec& spec);

  // Whether anybody wants interval().
  bool follows() const;
  void interval(const IntervalRow& row);

  // Throws std::runtime_error for what could not be written.
  void finish(const Tally& tally, const LoadVerdict& verdict,
              const std::vector<ObjectiveResult>& objectives);

 private:
  void show_live(const IntervalRow& row);
  void erase_live();
  void require_written() const;

  const LoadSpec& spec_;
  const bool is_live_;
  bool has_live_line_ = false;
  std::optional<std::ofstream> json_;
  std::optional<std::ofstream> series_;
  std::optional<std::ofstream> hgrm_;
  std::optional<std::ofstream> hlog_;
  std::optional<HlogWriter> hlog_writer_;
};

}  // namespace sockmark
