// What is said of a history, in tables and charts alike. Pure.
#pragma once

#include <cstddef>
#include <string>

#include "harness/history/series.h"

namespace sockmark {

// In what unit people read a metric.
struct Scale {
  std::string unit;  // "µs"
  double divisor = 1;
};

// One for all series, by the largest figure.
Scale scale_of(const History& history);

// "9.45 µs"
std::string with_unit(double value, const Scale& scale);

// "+9.8 % worse": what the ratio means in this metric.
std::string change_in_words(double ratio, Better better);
bool is_worse(double ratio, Better better);

// "1a2b3c4d", with a "+" if the folder differed from it; kUnknown.
std::string commit_of(const StoredRunFacts& run);
// "2026-01-31"
std::string day_of(const StoredRunFacts& run);

// "epoll_lt", with the tool if not all series have the same.
std::string label_of(const Series& series, const History& history);

// "12 runs", "1 run"
std::string count_of(std::size_t number, const std::string& what);

}  // namespace sockmark
