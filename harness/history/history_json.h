// A history for programs. Pure.
#pragma once

#include <string>

#include "harness/history/history_notes.h"

namespace sockmark {

// As docs/formats.md explains it. Figures are in the records' units.
std::string history_json(const HistoryReport& report);

}  // namespace sockmark
