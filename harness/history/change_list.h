// The change points of a history, told one by one. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/history/series.h"

namespace sockmark {

struct ChangeEntry {
  std::string headline;              // which cell, by how much
  std::vector<std::string> details;  // since when, and what changed beside it
  std::string_view tone;             // how a terminal sets it off
};

// The latest first.
std::vector<ChangeEntry> changes_in(const History& history);

// Red or green.
std::string_view tone_of(double ratio, Better better);

}  // namespace sockmark
