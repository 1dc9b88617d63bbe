// What a person sees while a run goes on.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "harness/record/record.h"

namespace sockmark {

// "short epoll_et: 26.2 k req/s", or how the trial failed. Pure.
std::string one_line_about(const TrialRecord& record);

// "4m10s". Pure.
std::string format_left(std::chrono::nanoseconds left);

// Where a run is in its plan.
struct Outlook {
  std::size_t done = 0;    // trials
  std::size_t trials = 0;  // in all, as far as is known
  std::chrono::nanoseconds left{0};
};

// On stderr. A live line on a terminal, a line for each trial elsewhere,
// nothing when quiet.
class Progress {
 public:
  explicit Progress(bool quiet);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void starting(const std::string& server, const Workload& workload,
                const Outlook& outlook);
  // `expected` is what the plan had thought it would take.
  void finished(const TrialRecord& record, std::chrono::nanoseconds expected,
                const Outlook& outlook);

 private:
  std::string position(const Outlook& outlook) const;
  void show(const std::string& line);

  std::chrono::nanoseconds expected_{0};  // for the trials so far
  std::chrono::nanoseconds taken_{0};     // by them
  std::string last_;
  bool live_;
  bool quiet_;
};

}  // namespace sockmark
