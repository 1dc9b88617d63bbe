#include "harness/history/whole_trials.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>

#include "harness/record/attempts.h"
#include "harness/text/text_file.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

// What a result.json says of the run's end; nothing where there is none.
struct End {
  std::size_t trials = 0;
  bool was_interrupted = false;
};

// The file is large; of what is in a trial nothing is kept.
std::optional<End> read_end(const fs::path& file) {
  if (!fs::exists(file)) return std::nullopt;
  const auto is_shallow = [](int depth, Json::parse_event_t, const Json&) {
    constexpr int kDeepest = 2;  // a trial, without its fields
    return depth <= kDeepest;
  };
  const Json result = Json::parse(read_text(file), is_shallow, false);
  const bool is_result = result.is_object() && result.contains("trials") &&
                         result["trials"].is_array() &&
                         result.contains("interrupted") &&
                         result["interrupted"].is_boolean();
  if (!is_result) throw std::runtime_error("result.json is damaged");
  return End{.trials = result["trials"].size(),
             .was_interrupted = result["interrupted"].get<bool>()};
}

}  // namespace

WholeTrials read_whole_trials(const fs::path& run_folder) {
  std::vector<TrialRecord> trials = read_trials(run_folder);
  const auto end = read_end(run_folder / "result.json");
  if (end && end->trials != trials.size()) {
    throw std::runtime_error(
        fmt::format("trials.jsonl has {} trials, result.json {}: one of the "
                    "two was cut off",
                    trials.size(), end->trials));
  }
  return {.trials = latest_attempts(std::move(trials)),
          .has_ended = end && !end->was_interrupted};
}

}  // namespace sockmark
