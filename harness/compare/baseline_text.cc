// What a check says to people.
#include <fmt/format.h>

#include <algorithm>

#include "harness/compare/baseline_check.h"
#include "harness/compare/tripwire.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

// "24.0 % less", of a ratio of 0.76.
std::string change(double ratio) {
  return format_percent(ratio < 1 ? 1 - ratio : ratio - 1) +
         (ratio < 1 ? " less" : " more");
}

std::string line_of(const Held& held) {
  return fmt::format("  {}: {} {} than in {} entries, {} is the limit\n",
                     held.cell, held.metric.label, change(held.ratio),
                     held.entries, change(held.limit));
}

void add_list(const std::string& heading, const std::vector<std::string>& lines,
              std::string& text) {
  if (lines.empty()) return;
  text += heading + "\n";
  for (const std::string& line : lines) text += "  " + line + "\n";
}

std::string tripped(const BaselineCheck& check) {
  std::string text = "TRIPPED\n";
  for (const Held& held : check.held) {
    if (held.has_tripped) text += line_of(held);
  }
  for (const std::string& line : check.lost) text += "  " + line + "\n";
  text += fmt::format(
      "This is no verdict: two runs of the same program may differ as much. "
      "To have one:\n  sockmark ab {} HEAD\n",
      check.commit);
  return text;
}

}  // namespace

std::string to_text(const BaselineCheck& check, const std::string& file) {
  std::string text = fmt::format(
      "{} against {} comparable entries of {}, each figure over that of {} in "
      "the same run: {} figures held.\n",
      check.run, check.entries, file, check.reference, check.held.size());
  text += check.has_tripped() ? tripped(check) : "Nothing tripped.\n";
  add_list(
      fmt::format("Not held: fewer than {} entries have them", kFewestEntries),
      check.young, text);
  add_list("Notes", check.notes, text);
  return text;
}

}  // namespace sockmark
