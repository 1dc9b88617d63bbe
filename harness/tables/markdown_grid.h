// A grid and what is said of it as Markdown that GitHub renders. Internal to
// the files that make tables.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/tables/grid.h"

namespace sockmark {

// Taken literally: what would end a table's field, start a tag or emphasise. An
// underscore within a word does nothing of that.
std::string markdown_text(std::string_view text);

// The table alone: headings, rows and failures.
std::string markdown_rows(const Grid& grid);

// An item each, after an empty line; empty for none.
std::string markdown_list(const std::vector<std::string>& notes);

}  // namespace sockmark
