// What the forest plot has in its rows. Internal to its files.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <string>
#include <vector>

#include "harness/gate/comparison.h"

namespace sockmark {

// The figures of which less is better, or more: on one side of 1 all of them
// are better.
struct ForestPanel {
  std::string title;
  std::string left, right;  // what the sides of 1 mean
  std::vector<const Judgement*> figures;
};

// In the order of the figures; those without any are left out.
std::vector<ForestPanel> forest_panels(
    const std::vector<const Judgement*>& figures);

// forest.tsv, as docs/formats.md has it.
std::string forest_tsv(const std::vector<ForestPanel>& panels);

// How wide the texts are, for the script.
std::string forest_widths(const std::vector<const Judgement*>& figures);

}  // namespace sockmark
