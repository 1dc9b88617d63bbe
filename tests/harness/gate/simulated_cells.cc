#include "tests/harness/gate/simulated_cells.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "harness/gate/looks.h"

namespace sockmark {
namespace {

// So large that the absolute margins do not come into it.
double typical(const Metric& metric) {
  return 100 * metric.margin.absolute + 20'000;
}

std::vector<Samples> all_of(const std::vector<SimulatedCell>& cells) {
  std::vector<Samples> all;
  for (const SimulatedCell& cell : cells) {
    all.insert(all.end(), cell.samples().begin(), cell.samples().end());
  }
  return all;
}

}  // namespace

SimulatedCell::SimulatedCell(std::string name, std::vector<Metric> metrics,
                             double effect, const SimulatedNoise& noise,
                             std::uint64_t seed)
    : effect_(effect), noise_(noise), random_(seed) {
  for (Metric& metric : metrics) {
    samples_.push_back(
        {.cell = name, .metric = std::move(metric), .base = {}, .head = {}});
  }
  drift_ = noise_.drift * normal(random_);
}

void SimulatedCell::run_trial(bool is_head) {
  const double fresh =
      std::sqrt(1 - noise_.correlation * noise_.correlation) * noise_.drift;
  drift_ = noise_.correlation * drift_ + fresh * normal(random_);
  double slower = drift_;
  if (trial_++ >= noise_.step_at) slower += std::log1p(noise_.step);
  if (is_head) slower += std::log(effect_);
  for (Samples& samples : samples_) {
    const double worse = slower + noise_.within * normal(random_);
    const double sign = samples.metric.better == Better::lower ? 1 : -1;
    (is_head ? samples.head : samples.base)
        .push_back(typical(samples.metric) * std::exp(sign * worse));
  }
}

void SimulatedCell::run(int rounds) {
  // As often the one first as the other.
  std::vector<char> head_first;
  for (int round = 0; round < rounds; ++round) {
    head_first.push_back(static_cast<char>(round % 2));
  }
  for (std::size_t i = head_first.size(); i > 1; --i) {
    std::swap(head_first[i - 1], head_first[random_() % i]);
  }
  for (const char first : head_first) {
    run_trial(first != 0);
    run_trial(first == 0);
  }
}

std::vector<Judgement> judge_in_two_looks(std::vector<SimulatedCell>& cells) {
  std::size_t metrics = 0;
  for (const SimulatedCell& cell : cells) metrics += cell.samples().size();
  const JudgementRules rules;
  const Looks looks = looks_for(metrics, rules);
  for (SimulatedCell& cell : cells) cell.run(looks.first);
  const auto first = judge(all_of(cells), rules);
  const auto open = cells_to_extend(first);
  if (open.empty()) return first;
  for (SimulatedCell& cell : cells) {
    const std::string& name = cell.samples().front().cell;
    if (std::find(open.begin(), open.end(), name) == open.end()) continue;
    cell.run(looks.second - looks.first);
  }
  return after_both_looks(first, judge(all_of(cells), rules));
}

}  // namespace sockmark
