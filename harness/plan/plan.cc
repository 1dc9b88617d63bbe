#include "harness/plan/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "harness/verdict/disturbance.h"

namespace sockmark {

std::string_view to_string(PlanEnd end) {
  constexpr std::array<std::string_view, 3> kNames = {"complete", "time_budget",
                                                      "round_limit"};
  return kNames[static_cast<std::size_t>(end)];
}

Plan::Plan(Experiment experiment, std::vector<std::string> servers,
           Lineup lineup, CallCounts counts)
    : experiment_(std::move(experiment)),
      servers_(std::move(servers)),
      lineup_(std::move(lineup)),
      counts_(counts) {
  for (int round = 0; round < experiment_.rounds(); ++round) {
    planned_blocks_ += blocks_of(experiment_, lineup_, round).size();
  }
  begin_round();
}

// The experiment's rounds first; then as many as the precision takes.
void Plan::begin_round() {
  const bool is_added = round_ >= experiment_.rounds();
  if (!is_added) {
    blocks_ = blocks_of(experiment_, lineup_, round_);
  } else {
    blocks_ = wide_blocks();
    planned_blocks_ += blocks_.size();
  }
  over_ = blocks_.empty();
  if (is_added && !over_ && round_ >= kMostRounds) {
    over_ = true;
    end_ = PlanEnd::round_limit;
  }
  if (over_) return;
  blocks_ = shuffled(std::move(blocks_), experiment_.seed);
  block_ = 0;
  order_ = 0;
  attempt_ = 0;
  begin_block();
}

void Plan::extend(const std::vector<std::size_t>& workloads, int rounds) {
  for (const std::size_t workload : workloads) {
    experiment_.workloads.at(workload).rounds = rounds;
  }
  for (int round = round_; round < rounds; ++round) {
    planned_blocks_ += blocks_of(experiment_, lineup_, round).size();
  }
  begin_round();
}

void Plan::begin_block() {
  entrants_ = shuffled(blocks_[block_], experiment_.seed, attempt_);
  entrant_ = 0;
  machine_.clear();
}

std::optional<PlannedTrial> Plan::next() const {
  if (over_) return std::nullopt;
  const Block& block = blocks_[block_];
  const Entrant& entrant = entrants_[entrant_];
  return PlannedTrial{
      .index = index_,
      .round = round_,
      .order = order_,
      .attempt = attempt_,
      .server = entrant.server,
      .workload = experiment_.workloads[block.workload].with(entrant.tool),
      .count_system_calls =
          counts_ == CallCounts::every_trial || (round_ == 0 && attempt_ == 0)};
}

void Plan::add(const TrialRecord& record) {
  const auto trial = next();
  if (!trial || record.server.name != servers_[trial->server] ||
      hash_of(record.workload) != hash_of(trial->workload) ||
      record.round != trial->round || record.attempt != trial->attempt) {
    throw std::runtime_error(fmt::format(
        "trial {} ({} {}, round {}) is not the one that the plan has there",
        record.index, record.workload.name, record.server.name, record.round));
  }
  elapsed_ns_ += record.elapsed_ns;
  if (record.status != TrialStatus::interrupted) {
    figures_.add(record);
    machine_.push_back(record.machine);
    ++index_;
    ++order_;
    if (++entrant_ == entrants_.size()) finish_block();
  }
  if (!over_ && over_budget()) {
    over_ = true;
    end_ = PlanEnd::time_budget;
  }
}

void Plan::finish_block() {
  const std::string reason = disturbance_of(machine_);
  const auto most_reruns = std::max(
      1, static_cast<int>(kMostReruns * static_cast<double>(planned_blocks_)));
  const bool may_rerun = !experiment_.ignore_noise &&
                         attempt_ + 1 < kMostAttempts && reruns_ < most_reruns;
  if (!reason.empty() && may_rerun) {
    ++reruns_;
    ++attempt_;
    return begin_block();
  }
  if (!reason.empty()) {
    const auto& plan = experiment_.workloads[blocks_[block_].workload];
    disturbed_.push_back(
        {.workload = plan.workload, .round = round_, .reason = reason});
  }
  attempt_ = 0;
  if (++block_ < blocks_.size()) return begin_block();
  ++round_;
  begin_round();
}

bool Plan::over_budget() const {
  return experiment_.time_budget_ns && round_ > 0 &&
         elapsed_ns_ >= *experiment_.time_budget_ns;
}

bool Plan::is_wide(const Entrant& entrant, std::size_t workload) const {
  if (!experiment_.precision) return false;
  const Workload cell = experiment_.workloads[workload].with(entrant.tool);
  const std::string& server = servers_[entrant.server];
  if (!figures_.is_measurable(server, cell)) return false;
  return figures_.relative_error(server, cell).value_or(1) >
         *experiment_.precision;
}

std::vector<Block> Plan::wide_blocks() const {
  std::vector<Block> blocks;
  for (std::size_t w = 0; w < experiment_.workloads.size(); ++w) {
    Block block = {
        .round = round_,
        .workload = w,
        .entrants = entrants_of(experiment_.workloads[w], lineup_[w])};
    std::erase_if(block.entrants,
                  [&](const Entrant& e) { return !is_wide(e, w); });
    if (!block.entrants.empty()) blocks.push_back(std::move(block));
  }
  return blocks;
}

std::vector<WideCell> Plan::wide_cells() const {
  std::vector<WideCell> cells;
  for (const Block& block : wide_blocks()) {
    for (const Entrant& entrant : block.entrants) {
      const auto cell =
          experiment_.workloads[block.workload].with(entrant.tool);
      const std::string& server = servers_[entrant.server];
      cells.push_back(
          {.server = server,
           .workload = cell,
           .relative_error = figures_.relative_error(server, cell)});
    }
  }
  return cells;
}

}  // namespace sockmark
