// A workload as all our files have it, and its hash (hash_of() in
// harness/record/record.h).
#pragma once

#include <nlohmann/json.hpp>

#include "harness/record/record.h"

namespace sockmark {

nlohmann::ordered_json to_json(const Workload& workload);

}  // namespace sockmark
