// What a person sees while a run goes on.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "harness/record.h"

namespace sockmark {

// "short epoll_et: 26.2 k req/s", or how the trial failed. Pure.
std::string one_line_about(const TrialRecord& record);

// "4m10s". Pure.
std::string format_left(std::chrono::nanoseconds left);

// On stderr. A live line on a terminal, a line for each trial elsewhere,
// nothing when quiet.
class Progress {
 public:
  Progress(std::size_t trials, std::chrono::nanoseconds expected, bool quiet);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void starting(const std::string& server, const Workload& workload);
  void finished(const TrialRecord& record);

 private:
  std::string position() const;
  void show(const std::string& line);

  std::size_t trials_;
  std::size_t done_ = 0;
  std::chrono::nanoseconds expected_;
  std::chrono::steady_clock::time_point started_;
  std::string last_;
  bool live_;
  bool quiet_;
};

}  // namespace sockmark
