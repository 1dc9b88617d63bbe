#include <fmt/format.h>

#include <algorithm>

#include "harness/gate/comparison_grid.h"
#include "harness/gate/comparison_table.h"
#include "harness/gate/comparison_words.h"
#include "harness/gate/finding_words.h"
#include "harness/gate/verdict_line.h"
#include "harness/tables/markdown_grid.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

// Of what is a list, so much is shown: an item, and items.
constexpr std::size_t kLongestItem = 400;
constexpr std::size_t kMostItems = 50;

// A page cannot colour, but for what is coloured by itself.
std::string_view sign_of(Finding finding) {
  switch (finding) {
    case Finding::regressed:
      return "❌";
    case Finding::inconclusive:
      return "⚠️";
    case Finding::improved:
    case Finding::not_worse:
    case Finding::same:
      break;
  }
  return "✅";
}

std::string item(const std::string& text) {
  return markdown_text(shorten(text, kLongestItem));
}

std::string list_of(const std::vector<std::string>& items) {
  std::string text = "\n";
  for (std::size_t at = 0; at < std::min(items.size(), kMostItems); ++at) {
    text += "- " + item(items[at]) + '\n';
  }
  if (items.size() > kMostItems) {
    text += fmt::format("- and {} more\n", items.size() - kMostItems);
  }
  return items.empty() ? "" : text;
}

std::string paragraph(const std::string& text) {
  return text.empty() ? "" : '\n' + item(text) + '\n';
}

std::string head_of(const Comparison& comparison) {
  std::string text =
      fmt::format("## {} {}\n\n", sign_of(verdict_finding(comparison)),
                  markdown_text(verdict_line(comparison)));
  text += "| side | name | what it is |\n| :--- | :--- | :--- |\n";
  for (const auto& [role, side] : {std::pair("base", comparison.base),
                                   std::pair("head", comparison.head)}) {
    text += fmt::format("| {} | {} | {} |\n", role, item(side.name),
                        item(side.description));
  }
  for (const std::string& note : notes_on_samples(comparison)) {
    text += paragraph(note);
  }
  return text + paragraph(note_on_identical(comparison));
}

std::string text_of(const ComparedCell& cell) {
  Grid grid = cell.grid;
  for (std::size_t row = 0; row < grid.rows.size(); ++row) {
    const Finding finding = cell.findings[row];
    if (finding == Finding::same || finding == Finding::not_worse) continue;
    grid.rows[row][0] =
        fmt::format("{} {}", sign_of(finding), word_of(finding));
  }
  return fmt::format("\n### {}\n\n{}{}", item(grid.title), markdown_rows(grid),
                     list_of(reasons_of(cell)));
}

std::string losses_of(const Comparison& comparison) {
  std::string text;
  for (const CellList& list : lists_of(comparison)) {
    text += fmt::format("\n### {} {}\n", list.is_bad ? "❌" : "➕", list.heading);
    text += list_of(list.items);
  }
  return text;
}

std::string notes_of(const Comparison& comparison) {
  const std::string reading = list_of(notes_on_reading(comparison, {}));
  if (reading.empty()) return list_of(comparison.notes);
  return fmt::format(
      "{}\n<details>\n<summary>How to read this</summary>\n{}\n</details>\n",
      list_of(comparison.notes), reading);
}

// Texts of cells as long as there is room.
class Body {
 public:
  explicit Body(std::size_t room) : room_(room) {}

  std::string take(const std::vector<ComparedCell>& cells) {
    std::string text;
    for (const ComparedCell& cell : cells) {
      const std::string more = text_of(cell);
      if (left_out_ > 0 || more.size() > room_) {
        ++left_out_;
        continue;
      }
      room_ -= more.size();
      text += more;
    }
    return text;
  }

  std::size_t left_out() const { return left_out_; }

 private:
  std::size_t room_;
  std::size_t left_out_ = 0;
};

std::string folded(const std::vector<ComparedCell>& cells,
                   const std::string& text) {
  if (text.empty()) return "";
  std::vector<Judgement> figures;
  for (const ComparedCell& cell : cells) {
    figures.insert(figures.end(), cell.figures.begin(), cell.figures.end());
  }
  return fmt::format(
      "\n<details>\n<summary>{} without a regression: {}</summary>\n{}"
      "\n</details>\n",
      counted(cells.size(), "cell", "cells"), said(count_findings(figures)),
      text);
}

}  // namespace

std::string markdown(const Comparison& comparison, std::size_t most_bytes) {
  constexpr std::size_t kRoomForFold = 512;
  std::vector<ComparedCell> regressed = compared_cells(comparison);
  const auto first_good = std::find_if(
      regressed.begin(), regressed.end(), [](const ComparedCell& cell) {
        return worst_of(cell) != Finding::regressed;
      });
  const std::vector<ComparedCell> rest(first_good, regressed.end());
  regressed.erase(first_good, regressed.end());
  const std::string head = head_of(comparison);
  const std::string lost = losses_of(comparison);
  const std::string notes = notes_of(comparison);
  const std::size_t taken =
      head.size() + lost.size() + notes.size() + kRoomForFold;
  Body body(most_bytes > taken ? most_bytes - taken : 0);
  const std::string open = body.take(regressed);
  const std::string fold = folded(rest, body.take(rest));
  const std::string left_out =
      body.left_out() == 0
          ? ""
          : fmt::format("\nNo room for {}: comparison.json has them.\n",
                        counted(body.left_out(), "more cell", "more cells"));
  return head + open + lost + fold + left_out + notes;
}

}  // namespace sockmark
