// The cells of two sides, side by side. Pure.
#pragma once

#include <string>
#include <vector>

#include "harness/record/record.h"

namespace sockmark {

// One server under one workload by one tool, on both sides. A side that lacks
// it has no trials.
struct CellPair {
  std::string name;  // "long/epoll_lt/64 connections"
  std::string server;
  Workload workload;
  std::vector<TrialRecord> base, head;  // those that count: attempts.h
};

// The cells of either side, ordered by workload and server. Cells are the same
// where server, tool and all that was asked are. Names tell them apart: where
// workload and connections do not, by more of what was asked.
std::vector<CellPair> pair_cells(const std::vector<TrialRecord>& base,
                                 const std::vector<TrialRecord>& head);

}  // namespace sockmark
