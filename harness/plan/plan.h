// The trials of a run, one after the other. Pure.
//
// What is next follows from the experiment and from the trials so far and from
// nothing else: a run that was cut off goes on as it would have gone on.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "harness/plan/blocks.h"
#include "harness/plan/experiment.h"
#include "harness/plan/precision.h"
#include "harness/record/record.h"

namespace sockmark {

struct PlannedTrial {
  int index = 0;    // in the whole run
  int round = 0;    // from 0
  int order = 0;    // within the round
  int attempt = 0;  // at this block
  std::size_t server = 0;
  Workload workload = {};           // with its tool
  bool count_system_calls = false;  // in a short load after the measured one
};

// Blocks that were disturbed are run again whole and right away, as long as
// re-runs are at most this share of the planned blocks, or one. A block is
// given up after so many attempts, so that one long disturbance does not use
// them all.
inline constexpr double kMostReruns = 0.3;
inline constexpr int kMostAttempts = 3;

// Why nothing is next.
enum class PlanEnd {
  complete,     // all rounds are done, and with a precision all cells narrow
  time_budget,  // it is used up
  round_limit   // kMostRounds, and cells are still wider than asked for
};
std::string_view to_string(PlanEnd end);

struct DisturbedBlock {
  Workload workload;
  int round = 0;
  std::string reason;
};

struct WideCell {
  std::string server;
  Workload workload;
  std::optional<double> relative_error;  // none: too few rounds for one
};

// In which trials system calls are counted, by a load of its own: it takes a
// fifth of a second, and the number hardly varies.
enum class CallCounts { first_round, every_trial };

class Plan {
 public:
  // `servers` are the names of those that `lineup` counts.
  Plan(Experiment experiment, std::vector<std::string> servers, Lineup lineup,
       CallCounts counts = CallCounts::first_round);

  // The next trial, or nothing when the run is over. The time budget is looked
  // at between trials and after the first round.
  std::optional<PlannedTrial> next() const;

  // What became of next(). One that was interrupted stays next. Throws
  // std::runtime_error if it is not the one that is next.
  void add(const TrialRecord& record);

  // Of a run that is over.
  PlanEnd end() const { return end_; }

  // Goes on until these workloads (indices) have so many rounds, which is more
  // than any has had. Only for one that is over and complete; the order of the
  // added rounds follows from the experiment as well.
  void extend(const std::vector<std::size_t>& workloads, int rounds);

  // How many trials there will be, as far as is known, and how long those that
  // are left will take.
  std::size_t expected_trials() const;
  std::chrono::nanoseconds expected_left() const;

  int reruns() const { return reruns_; }
  // Blocks whose last attempt was disturbed as well.
  const std::vector<DisturbedBlock>& disturbed() const { return disturbed_; }

  // Cells that are wider than the experiment's precision; none without one.
  std::vector<WideCell> wide_cells() const;

 private:
  void begin_round();
  void begin_block();
  void finish_block();
  bool is_wide(const Entrant& entrant, std::size_t workload) const;
  std::vector<Block> wide_blocks() const;
  bool over_budget() const;
  template <typename Count>
  void for_each_left(const Count& count) const;

  Experiment experiment_;
  std::vector<std::string> servers_;
  Lineup lineup_;
  CallCounts counts_;

  bool over_ = false;
  PlanEnd end_ = PlanEnd::complete;
  int round_ = 0;
  std::vector<Block> blocks_;  // of this round, in their order
  std::size_t block_ = 0;
  int attempt_ = 0;
  std::vector<Entrant> entrants_;  // of this attempt, in their order
  std::size_t entrant_ = 0;
  int order_ = 0;
  int index_ = 0;
  std::int64_t elapsed_ns_ = 0;

  std::size_t planned_blocks_ = 0;  // so far, with rounds that were added
  int reruns_ = 0;
  std::vector<MachineUse> machine_;  // during this attempt
  std::vector<DisturbedBlock> disturbed_;
  CellFigures figures_;
};

}  // namespace sockmark
