// A comparison of two sides that nobody ran: servers whose figures drift with
// the machine, in pairs of neighbours whose order is balanced and shuffled.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "harness/gate/comparison.h"
#include "tests/loadgen/draws.h"

namespace sockmark {

struct SimulatedNoise {
  double within = 0.02;       // from trial to trial
  double drift = 0;           // standard deviation of what the machine does
  double correlation = 0.95;  // of one trial's drift with the next one's
  double step = 0;            // by this share, from the trial of this number on
  int step_at = 11;           // in the midst of the sixth pair
};

// All noisy metrics of trial_metrics() for one cell. They drift together, and
// each varies by itself within that.
class SimulatedCell {
 public:
  // `effect`: by what factor the new side's figures are worse.
  SimulatedCell(std::string name, std::vector<Metric> metrics, double effect,
                const SimulatedNoise& noise, std::uint64_t seed);

  void run(int rounds);
  const std::vector<Samples>& samples() const { return samples_; }

 private:
  void run_trial(bool is_head);

  double effect_;
  SimulatedNoise noise_;
  Random random_;
  std::vector<Samples> samples_;
  double drift_;
  int trial_ = 0;
};

// The procedure that `sockmark ab` follows: two looks, and more rounds only for
// the cells that are open after the first.
std::vector<Judgement> judge_in_two_looks(std::vector<SimulatedCell>& cells);

}  // namespace sockmark
