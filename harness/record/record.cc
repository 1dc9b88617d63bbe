#include "harness/record/record.h"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <stdexcept>

namespace sockmark {
namespace {

constexpr std::array<std::string_view, 8> kStatusNames = {
    "ok",   "not_ready", "wrong_answer", "crashed",
    "hung", "failed",    "interrupted",  "unavailable"};
constexpr std::array<std::string_view, 3> kVerdictNames = {"valid", "suspect",
                                                           "invalid"};

}  // namespace

std::string_view to_string(TrialStatus status) {
  return kStatusNames[static_cast<std::size_t>(status)];
}

std::string_view to_string(Verdict::Status status) {
  return kVerdictNames[static_cast<std::size_t>(status)];
}

std::vector<TrialRecord> read_trials(const std::filesystem::path& run_folder) {
  const auto path = run_folder / "trials.jsonl";
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  std::vector<TrialRecord> trials;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    const bool is_cut_off = file.eof();  // every whole line ends in one
    try {
      trials.push_back(parse_trial(line));
    } catch (const std::runtime_error& bad) {
      if (is_cut_off) break;
      throw std::runtime_error(
          fmt::format("{}:{}: {}", path.string(), number, bad.what()));
    }
  }
  return trials;
}

}  // namespace sockmark
