// A comparison in two looks: ten rounds tell most differences, and those that
// they leave open get ten more. Each look has half of alpha (see
// JudgementRules::looks), so that looking twice raises no more false alarms.
//
//   first = judge(the first look's rounds)
//   more rounds of cells_to_extend(first); if there are none, first is it
//   second = judge(all rounds of all cells)
//   after_both_looks(first, second)
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "harness/gate/comparison.h"

namespace sockmark {

struct Looks {
  int first = 10;   // rounds
  int second = 20;  // those of the first included
};

// More rounds where the family is so large that ten could show nothing: as many
// as it takes at least, and an even number, so that each side can be the first
// of a pair equally often. `metrics` counts the noisy ones of all cells.
Looks looks_for(std::size_t metrics, const JudgementRules& rules);

// The cells that have something noisy open, each once and in their order. A
// cell that regressed in anything needs no more rounds: that is its answer.
// What is known of less than half of a cell's rounds gains nothing by more of
// them.
std::vector<std::string> cells_to_extend(const std::vector<Judgement>& first);

// What holds after the second look: its findings for what got more values
// since the first; the first's for all else, in the second's order.
std::vector<Judgement> after_both_looks(const std::vector<Judgement>& first,
                                        const std::vector<Judgement>& second);

}  // namespace sockmark
