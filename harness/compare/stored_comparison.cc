#include "harness/compare/stored_comparison.h"

#include <fmt/format.h>

#include <utility>

#include "harness/compare/not_comparable.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

constexpr JudgementRules kRules = {.pairing = Pairing::unpaired, .looks = 1};

void append(std::vector<std::string>& all, std::vector<std::string> more) {
  for (std::string& one : more) all.push_back(std::move(one));
}

// "short/poll/64 connections and 12 more"
std::string first_of(const std::vector<std::string>& names) {
  if (names.size() < 2) return join(names, "");
  return fmt::format("{} and {} more", names.front(), names.size() - 1);
}

void refuse_other_machine(const StoredSides& sides) {
  throw NotComparable(fmt::format(
      "{} and {} are of machines or builds that differ: {} (--force compares "
      "them all the same)",
      sides.base.name, sides.head.name, join(sides.machine, "; ")));
}

void require_common_cells(const StoredSides& sides) {
  const CellNews& news = sides.news;
  if (news.missing.size() + news.fresh.size() < sides.cells) return;
  throw NotComparable(fmt::format(
      "{} and {} have nothing in common: the one has {}, the other {}",
      sides.base.name, sides.head.name, first_of(news.missing),
      first_of(news.fresh)));
}

}  // namespace

Comparison compare_sides(StoredSides sides, bool force) {
  if (!sides.machine.empty() && !force) refuse_other_machine(sides);
  require_common_cells(sides);
  Comparison comparison;
  comparison.pairing = kRules.pairing;
  comparison.rules = kRules;
  comparison.rounds = sides.rounds;
  comparison.judgements = judge(sides.samples, kRules);
  if (!sides.machine.empty()) {
    comparison.notes.push_back(
        "FORCED: this compares machines or builds, too: " +
        join(sides.machine, "; ") + ".");
  }
  append(comparison.notes, std::move(sides.notes));
  append(comparison.notes, std::move(sides.news.notes));
  comparison.base = std::move(sides.base);
  comparison.head = std::move(sides.head);
  comparison.missing = std::move(sides.news.missing);
  comparison.fresh = std::move(sides.news.fresh);
  comparison.failed = std::move(sides.news.failed);
  comparison.identical = std::move(sides.news.identical);
  return comparison;
}

}  // namespace sockmark
