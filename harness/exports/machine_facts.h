// What a run's files say of where it was made, as far as exports tell it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace sockmark {

// What is not known is nothing, or an empty text or list.
struct MachineFacts {
  struct Cache {
    int level = 0;
    std::string type;  // "Data", "Instruction", "Unified"
    std::int64_t size_bytes = 0;
    std::size_t cpus = 0;  // that share it
  };
  std::string date;  // ISO 8601, UTC
  std::string cpu_model, kernel, os, governor;
  std::string commit, version, compiler, build_type;
  std::string preset;   // or the experiment's name
  std::string command;  // of the run, its words joined by spaces
  std::optional<int> cpus;
  std::optional<std::int64_t> memory_bytes;
  std::optional<double> clock_hz;
  std::optional<bool> is_dirty;  // files differed from the commit
  std::optional<bool> randomizes_addresses;
  std::vector<double> load_average;  // of 1, 5 and 15 minutes
  std::vector<Cache> caches;         // those of known size
  bool was_interrupted = false;
};

// From environment.json and result.json, either of which may be missing. Throws
// std::runtime_error that names the file if one is damaged or of a newer
// schema.
MachineFacts read_machine_facts(const std::filesystem::path& run_folder);

}  // namespace sockmark
