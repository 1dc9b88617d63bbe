#include "harness/exports/left_out.h"

#include <fmt/format.h>

#include "harness/cells/notes.h"

namespace sockmark {

std::string left_out_line(const NamedCell& cell, std::string_view wanting) {
  if (cell.cell->usable == 0) {
    return fmt::format("{}: {}", cell.name, why_left_out(*cell.cell));
  }
  return fmt::format("{}: no trial knows its {}", cell.name, wanting);
}

}  // namespace sockmark
