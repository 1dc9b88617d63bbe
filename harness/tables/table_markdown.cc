#include <fmt/format.h>

#include "harness/tables/grid.h"
#include "harness/tables/markdown_grid.h"
#include "harness/tables/table.h"
#include "harness/text/text.h"

namespace sockmark {

std::string markdown_table(const std::vector<WorkloadCells>& groups) {
  const std::vector<Grid> grids = grids_of(groups);
  const std::vector<std::string> shared = shared_notes(grids);
  std::string text;
  for (const Grid& grid : grids) {
    if (!text.empty()) text += '\n';
    text += fmt::format("### {}\n\n", markdown_text(grid.title));
    text += markdown_rows(grid) + markdown_list(own_notes(grid, shared));
  }
  return shared.empty() ? text
                        : text + '\n' + markdown_text(join(shared, " ")) + '\n';
}

}  // namespace sockmark
