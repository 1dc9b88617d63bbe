// What the reports of the verbs beside `steady` have in common.
#pragma once

#include <cstdint>
#include <fstream>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loadgen/connects.h"
#include "loadgen/crowd.h"
#include "loadgen/target.h"

namespace sockmark {

// The fields that every one of them begins with.
nlohmann::ordered_json report_head(std::string_view verb);

// How they are spread. Of none there are no percentiles: they are null.
nlohmann::ordered_json spread_of(const std::vector<Nanoseconds>& durations);
nlohmann::ordered_json counts_of(const Connects& connects);
nlohmann::ordered_json or_null(const std::optional<std::int64_t>& value);
// Adds what became of the connections.
void put(const CrowdResult& crowd, nlohmann::ordered_json& report);

std::string describe(Nanoseconds duration);
std::string describe(const Connects& connects);
std::string describe(const std::vector<Nanoseconds>& durations);
// Whole lines.
std::string lines_of(const CrowdResult& crowd);
std::string lines_of(const std::vector<std::string>& notes);

// What is to be said of any run that connected, or tried to.
std::vector<std::string> notes_on(const Connects& connects,
                                  const Target& target, int interrupted_by);
std::vector<std::string> notes_on(const CrowdResult& crowd,
                                  const Target& target);

// 128 and the signal if it was interrupted, 1 if no connection stood, or 0.
int exit_status(const Connects& connects, int interrupted_by);

// Where --json wants the result: a file, stdout for "-", nowhere for "".
class JsonFile {
 public:
  // Before the run: what cannot be written is not worth one. Throws
  // std::runtime_error.
  explicit JsonFile(const std::string& name);

  void write(const nlohmann::ordered_json& json);

 private:
  std::string name_;
  std::ofstream file_;
};

}  // namespace sockmark
