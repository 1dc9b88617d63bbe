#include "harness/gate/looks.h"

#include <algorithm>
#include <map>
#include <set>

namespace sockmark {
namespace {

std::size_t values_of(const Judgement& judgement) {
  return judgement.base.size() + judgement.head.size();
}

// The most of any metric of a cell.
std::map<std::string, std::size_t> most_values_by_cell(
    const std::vector<Judgement>& judgements) {
  std::map<std::string, std::size_t> most;
  for (const Judgement& judgement : judgements) {
    std::size_t& known = most[judgement.cell];
    known = std::max(known, values_of(judgement));
  }
  return most;
}

bool is_open(const Judgement& judgement) {
  return judgement.metric.rule == Rule::noisy &&
         judgement.finding == Finding::inconclusive &&
         !judgement.base.empty() && !judgement.head.empty();
}

}  // namespace

Looks looks_for(std::size_t metrics, const JudgementRules& rules) {
  Looks looks;
  const int fewest = static_cast<int>(fewest_pairs(metrics, rules));
  const int even = fewest + fewest % 2;
  looks.first = std::max(looks.first, even);
  looks.second = std::max(looks.second, 2 * looks.first);
  return looks;
}

std::vector<std::string> cells_to_extend(const std::vector<Judgement>& first) {
  std::set<std::string> settled;
  for (const Judgement& judgement : first) {
    if (judgement.finding == Finding::regressed) settled.insert(judgement.cell);
  }
  const auto most = most_values_by_cell(first);
  std::vector<std::string> cells;
  for (const Judgement& judgement : first) {
    const bool is_in_most_rounds =
        2 * values_of(judgement) > most.at(judgement.cell);
    if (is_open(judgement) && is_in_most_rounds &&
        settled.insert(judgement.cell).second) {
      cells.push_back(judgement.cell);
    }
  }
  return cells;
}

std::vector<Judgement> after_both_looks(const std::vector<Judgement>& first,
                                        const std::vector<Judgement>& second) {
  std::vector<Judgement> result;
  for (const Judgement& later : second) {
    const auto earlier = std::find_if(
        first.begin(), first.end(), [&later](const Judgement& judgement) {
          return judgement.cell == later.cell &&
                 judgement.metric.name == later.metric.name;
        });
    const bool is_as_before =
        earlier != first.end() && values_of(*earlier) == values_of(later);
    result.push_back(is_as_before ? *earlier : later);
  }
  return result;
}

}  // namespace sockmark
