// Why an export has nothing of a cell.
#pragma once

#include <string>
#include <string_view>

#include "harness/exports/cell_names.h"

namespace sockmark {

// "fork/long/connections:64: crashed: killed by SIGSEGV (6 of 6 trials)";
// `wanting` is what the format needs and the usable trials do not know, if
// there are any: "CPU per request".
std::string left_out_line(const NamedCell& cell, std::string_view wanting);

}  // namespace sockmark
