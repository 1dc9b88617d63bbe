#include "harness/plan/blocks.h"

#include <random>
#include <utility>

namespace sockmark {
namespace {

// Places of their own among the seeds: the order of a round's blocks, and that
// of the first of two rounds in which a pair takes turns.
constexpr int kOfRound = -1;
constexpr int kOfTurns = -1;

// std::seed_seq and the engine are the same everywhere, by the standard.
std::mt19937_64 random_for(std::uint64_t seed, int round, int workload,
                           int attempt) {
  std::seed_seq mixed = {
      static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32),
      static_cast<std::uint32_t>(round), static_cast<std::uint32_t>(workload),
      static_cast<std::uint32_t>(attempt)};
  return std::mt19937_64(mixed);
}

// Fisher and Yates, written out because std::shuffle differs between standard
// libraries. The bias of the remainder is below 1e-15.
template <typename T>
void shuffle(std::vector<T>& items, std::mt19937_64 random) {
  for (std::size_t i = items.size(); i > 1; --i) {
    std::swap(items[i - 1], items[random() % i]);
  }
}

}  // namespace

std::vector<Entrant> entrants_of(const WorkloadPlan& plan,
                                 const std::vector<std::size_t>& servers) {
  std::vector<Entrant> entrants;
  for (const std::size_t server : servers) {
    for (const std::string& tool : plan.tools) {
      entrants.push_back({.server = server, .tool = tool});
    }
  }
  return entrants;
}

std::vector<Block> blocks_of(const Experiment& experiment, const Lineup& lineup,
                             int round) {
  std::vector<Block> blocks;
  for (std::size_t w = 0; w < experiment.workloads.size(); ++w) {
    const WorkloadPlan& plan = experiment.workloads[w];
    if (round >= plan.rounds || lineup[w].empty()) continue;
    blocks.push_back({.round = round,
                      .workload = w,
                      .entrants = entrants_of(plan, lineup[w])});
  }
  return blocks;
}

std::vector<Entrant> shuffled(const Block& block, std::uint64_t seed,
                              int attempt) {
  auto entrants = block.entrants;
  const auto workload = static_cast<int>(block.workload);
  if (entrants.size() == 2) {
    const bool starts_swapped =
        random_for(seed, block.round / 2, workload, kOfTurns)() % 2 == 1;
    const bool is_second = block.round % 2 == 1;
    if (starts_swapped != is_second) std::swap(entrants[0], entrants[1]);
    return entrants;
  }
  shuffle(entrants, random_for(seed, block.round, workload, attempt));
  return entrants;
}

std::vector<Block> shuffled(std::vector<Block> blocks, std::uint64_t seed) {
  if (blocks.empty()) return blocks;
  shuffle(blocks, random_for(seed, blocks.front().round, kOfRound, 0));
  return blocks;
}

std::chrono::nanoseconds expected_duration(const Workload& workload) {
  constexpr std::chrono::milliseconds kStartAndStop(60);
  constexpr std::chrono::microseconds kOpenAndClose(60);  // an idle connection
  return std::chrono::nanoseconds(workload.warmup_ns + workload.duration_ns) +
         kStartAndStop +
         kOpenAndClose * static_cast<long>(workload.idle_connections);
}

std::chrono::nanoseconds expected_duration(const Experiment& experiment,
                                           const std::vector<Block>& blocks) {
  std::chrono::nanoseconds sum(0);
  for (const Block& block : blocks) {
    sum += expected_duration(experiment.workloads[block.workload].workload) *
           static_cast<long>(block.entrants.size());
  }
  return sum;
}

}  // namespace sockmark
