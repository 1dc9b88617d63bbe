// A grid and what is said of it as parts of a page that is well-formed XML too.
// Internal to the files that make pages; their style sheet is that of
// harness/report/report_html.cc.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/tables/grid.h"

namespace sockmark {

// Taken literally, on one line.
std::string html_text(std::string_view text);

// The table alone: headings, rows and failures. `classes` of the style sheet,
// one per row, or none.
std::string html_rows(const Grid& grid,
                      const std::vector<std::string_view>& classes = {});

// A paragraph of small print each.
std::string html_notes(const std::vector<std::string>& all);

}  // namespace sockmark
