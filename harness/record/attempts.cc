#include "harness/record/attempts.h"

#include <map>
#include <tuple>
#include <utility>

namespace sockmark {
namespace {

using Place = std::tuple<std::string, std::string, int>;

Place place_of(const TrialRecord& trial) {
  return {trial.server.name, hash_of(trial.workload), trial.round};
}

}  // namespace

std::vector<TrialRecord> latest_attempts(std::vector<TrialRecord> trials) {
  std::map<Place, std::size_t> latest;
  for (std::size_t i = 0; i < trials.size(); ++i) {
    const auto [known, is_new] = latest.try_emplace(place_of(trials[i]), i);
    if (!is_new && trials[i].attempt >= trials[known->second].attempt) {
      known->second = i;
    }
  }
  std::vector<TrialRecord> counting;
  for (std::size_t i = 0; i < trials.size(); ++i) {
    if (latest.at(place_of(trials[i])) == i) {
      counting.push_back(std::move(trials[i]));
    }
  }
  return counting;
}

}  // namespace sockmark
