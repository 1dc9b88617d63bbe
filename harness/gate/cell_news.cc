#include "harness/gate/cell_news.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <span>

#include "harness/cells/cells.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

using Trials = std::vector<TrialRecord>;

std::string in_words(TrialStatus status) {
  std::string words(to_string(status));
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

// Whatever else the machine does, a server must not end or answer wrongly.
bool is_fault(const TrialRecord& trial) {
  return trial.status == TrialStatus::crashed ||
         trial.status == TrialStatus::wrong_answer;
}

bool is_unavailable(const Trials& trials) {
  return !trials.empty() &&
         std::all_of(trials.begin(), trials.end(), [](const auto& trial) {
           return trial.status == TrialStatus::unavailable;
         });
}

// Of those that have no figures by their status, faults before others.
std::vector<const TrialRecord*> failures_in(const Trials& trials) {
  std::vector<const TrialRecord*> failures;
  for (const bool faults : {true, false}) {
    for (const TrialRecord& trial : trials) {
      if (trial.status == TrialStatus::ok || is_fault(trial) != faults)
        continue;
      failures.push_back(&trial);
    }
  }
  return failures;
}

// "crashed in rounds 3, 5 of 10: killed by SIGSEGV": the trials that ended as
// `first` did, and its reason.
std::string description_of(const TrialRecord& first, const Trials& trials) {
  std::vector<std::string> rounds;
  for (const TrialRecord& trial : trials) {
    if (trial.status != first.status) continue;
    rounds.push_back(std::to_string(trial.round + 1));
  }
  const std::string reason = one_line(first.error);
  return fmt::format("{} in round{} {} of {}{}{}", in_words(first.status),
                     rounds.size() == 1 ? "" : "s", join(rounds, ", "),
                     trials.size(), reason.empty() ? "" : ": ", reason);
}

std::string why_unusable(const Trials& trials) {
  const std::string reasons = join(verdict_of(trials.front()).reasons, "; ");
  return "no usable trial" + (reasons.empty() ? "" : ": " + reasons);
}

std::optional<Trouble> trouble_in(const Trials& trials) {
  const auto failures = failures_in(trials);
  const bool has_figures = std::any_of(trials.begin(), trials.end(), is_usable);
  if (failures.empty() && has_figures) return std::nullopt;
  return Trouble{.what = failures.empty()
                             ? why_unusable(trials)
                             : description_of(*failures.front(), trials),
                 .is_fault = !failures.empty() && is_fault(*failures.front()),
                 .has_figures = has_figures};
}

void tell_trouble_in(const CellPair& cell, CellNews& news) {
  if (is_unavailable(cell.base) && is_unavailable(cell.head)) {
    news.notes.push_back(cell.name + " cannot run on this kernel.");
    return;
  }
  tell_trouble(cell.name, trouble_in(cell.base), trouble_in(cell.head), news);
}

// The same program with the same arguments, wherever it lies.
bool is_like(const ServerIdentity& one, const ServerIdentity& other) {
  const auto arguments = [](const ServerIdentity& server) {
    return std::span(server.argv).subspan(server.argv.empty() ? 0 : 1);
  };
  const auto ours = arguments(one);
  const auto theirs = arguments(other);
  return one.sha256 == other.sha256 &&
         std::equal(ours.begin(), ours.end(), theirs.begin(), theirs.end());
}

// Of a server of the user's own it is not known: what was hashed may be the
// interpreter of a script.
bool is_same_program(const CellPair& cell) {
  const ServerIdentity& first = cell.base.front().server;
  if (!first.sha256 || first.manifest) return false;
  const auto is_it = [&first](const TrialRecord& trial) {
    return !trial.server.manifest && is_like(trial.server, first);
  };
  return std::all_of(cell.base.begin(), cell.base.end(), is_it) &&
         std::all_of(cell.head.begin(), cell.head.end(), is_it);
}

bool has_failed(const std::optional<Trouble>& side) {
  return side && (side->is_fault || !side->has_figures);
}

}  // namespace

void tell_trouble(const std::string& cell, const std::optional<Trouble>& base,
                  const std::optional<Trouble>& head, CellNews& news) {
  const auto tell = [&](const char* side, const std::optional<Trouble>& trouble,
                        bool as_failure) {
    if (!trouble) return;
    const std::string text =
        fmt::format("{}: {}: {}", side, cell, trouble->what);
    if (as_failure) {
      news.failed.push_back(text);
    } else {
      news.notes.push_back(text + ".");
    }
  };
  const bool is_without_base = base && !base->has_figures;
  tell("base", base, is_without_base || (has_failed(base) && has_failed(head)));
  tell("head", head, has_failed(head));
}

CellNews news_of(const std::vector<CellPair>& cells) {
  CellNews news;
  std::map<std::string, bool> is_identical;  // by server, in all its cells
  for (const CellPair& cell : cells) {
    if (cell.head.empty()) {
      news.missing.push_back(cell.name);
    } else if (cell.base.empty()) {
      news.fresh.push_back(cell.name);
    } else {
      tell_trouble_in(cell, news);
      bool& identical =
          is_identical.try_emplace(cell.server, true).first->second;
      identical = identical && is_same_program(cell);
    }
  }
  for (const auto& [server, identical] : is_identical) {
    if (identical) news.identical.push_back(server);
  }
  return news;
}

}  // namespace sockmark
