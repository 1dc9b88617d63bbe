#include "harness/gate/comparison_html.h"

#include <fmt/format.h>

#include <vector>

#include "harness/gate/comparison_grid.h"
#include "harness/gate/comparison_words.h"
#include "harness/gate/finding_words.h"
#include "harness/gate/verdict_line.h"
#include "harness/tables/html_grid.h"

namespace sockmark {
namespace {

// Of the style sheet.
std::string_view class_of(Finding finding) {
  switch (finding) {
    case Finding::regressed:
      return "regressed";
    case Finding::inconclusive:
      return "inconclusive";
    case Finding::improved:
      return "improved";
    case Finding::same:
    case Finding::not_worse:
      break;
  }
  return "same";
}

std::string side_row(const char* role, const ComparedSide& side) {
  return fmt::format("<tr><th>{}</th><td>{}</td><td>{}</td></tr>\n", role,
                     html_text(side.name), html_text(side.description));
}

std::string head_of(const Comparison& comparison) {
  const Finding finding = verdict_finding(comparison);
  std::string text = fmt::format(
      "<p class=\"verdict {}\">{} {}</p>\n<table class=\"sides\">\n{}{}"
      "</table>\n",
      class_of(finding), glyph_of(finding), html_text(verdict_line(comparison)),
      side_row("base", comparison.base), side_row("head", comparison.head));
  std::vector<std::string> notes = notes_on_samples(comparison);
  if (std::string note = note_on_identical(comparison); !note.empty()) {
    notes.push_back(std::move(note));
  }
  return text + html_notes(notes);
}

std::string text_of(const ComparedCell& cell) {
  std::vector<std::string_view> classes;
  for (const Finding finding : cell.findings) {
    classes.push_back(class_of(finding));
  }
  return fmt::format("<h3>{}</h3>\n{}{}", html_text(cell.grid.title),
                     html_rows(cell.grid, classes),
                     html_notes(reasons_of(cell)));
}

std::string text_of(const CellList& list) {
  std::string items;
  for (const std::string& item : list.items) {
    items += fmt::format("<li{}>{}</li>\n", list.is_bad ? " class=\"bad\"" : "",
                         html_text(item));
  }
  return fmt::format("<h3>{}</h3>\n<ul>\n{}</ul>\n", html_text(list.heading),
                     items);
}

}  // namespace

std::string comparison_html(const Comparison& comparison) {
  std::string text = head_of(comparison);
  for (const ComparedCell& cell : compared_cells(comparison)) {
    text += text_of(cell);
  }
  for (const CellList& list : lists_of(comparison)) text += text_of(list);
  return text + html_notes(comparison.notes) +
         html_notes(notes_on_reading(comparison, {}));
}

}  // namespace sockmark
