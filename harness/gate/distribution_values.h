// What the chart of all values shows. Internal to its files.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "harness/gate/comparison.h"

namespace sockmark {

// What is drawn, and how much is not, and why.
struct ShownValues {
  std::vector<const Judgement*> figures;
  std::size_t constant = 0;
  std::size_t no_room = 0;
};
ShownValues shown_values(const Comparison& comparison);

// Where the n-th value of a side is drawn: those of a pair at the same place,
// those of two runs one after the other.
double place_of_value(const Judgement& figure, Pairing pairing, bool is_head,
                      std::size_t n);
double last_place_of(const Judgement& figure, Pairing pairing);

// distributions.tsv, and distributions_rounds.tsv: a row per place, of a pair
// with both values. As docs/formats.md has them.
std::string distributions_tsv(const ShownValues& shown);
std::string distribution_values_tsv(const ShownValues& shown, Pairing pairing);

}  // namespace sockmark
