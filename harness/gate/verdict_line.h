// What a comparison came to, in a line that is read in a second.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "harness/gate/comparison.h"

namespace sockmark {

struct FindingCounts {
  std::size_t regressed = 0, inconclusive = 0, improved = 0, same = 0,
              not_worse = 0;

  std::size_t total() const {
    return regressed + inconclusive + improved + same + not_worse;
  }
};
FindingCounts count_findings(const std::vector<Judgement>& judgements);

// "14 same, 1 improved, 3 inconclusive"; what there is none of is left out.
std::string said(const FindingCounts& counts);

// To be read in a second: "head is slower: 1 of 18 figures regressed". No glyph
// and no colour.
std::string verdict_line(const Comparison& comparison);

// How that line is set off: as that finding. Nothing to compare, and too noisy,
// are inconclusive here.
Finding verdict_finding(const Comparison& comparison);

// "1 cell is missing", "2 cells are missing".
std::string counted(std::size_t n, const std::string& one,
                    const std::string& many);

}  // namespace sockmark
