// What differences matter, as an experiment says it:
//   "margins": {"requests_per_second": "3%",
//               "p99_ns": {"relative": "10%", "absolute": 50000}}
#pragma once

#include <map>
#include <string>

#include "harness/record/metric.h"
#include "harness/text/located_json.h"

namespace sockmark {

// By metric; what is not said of one is as in trial_metrics(). Throws
// std::runtime_error as LocatedJson does.
std::map<std::string, Margin> margins_in(const LocatedJson& json);

}  // namespace sockmark
