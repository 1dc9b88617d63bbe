// What the generators' runs come to, as text of at most 80 columns.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/statistics/stats.h"
#include "micro/generator_runs.h"

namespace sockmark {

struct Figure {
  std::string title;
  double (*of)(const Run&);
};

// What a figure of `name` should be, over that of `base` in the same round.
struct Goal {
  std::string name;
  Figure figure;
  std::string base;
  bool at_most;  // or at least
  double bound;
};

// By a contender's name. Not every one is known.
using CallsPerRequest = std::map<std::string, double>;

// Median requests per second and `cost` of each, both also over wrk's.
std::string comparison_table(const std::vector<Runs>& all, const Figure& cost,
                             const CallsPerRequest& calls);

// A line; "holds" goes by the median. Says so where it is not known.
std::string goal_line(const Goal& goal, const std::vector<Runs>& all);

// The same for a figure by itself, which is a number or not known.
std::string bound_line(const std::string& what, std::optional<double> measured,
                       double most);

// Lines for each that failed, counted errors or doubts itself.
std::string trouble_lines(const std::vector<Runs>& all);

double requests_per_second(const Run& run);
double cpu_us_per_request(const Run& run);

}  // namespace sockmark
