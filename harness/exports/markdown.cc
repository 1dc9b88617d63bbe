// A run as a GitHub job summary, which may have 1 MiB and not a byte more.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "harness/cells/notes.h"
#include "harness/exports/exports.h"
#include "harness/gate/comparison_table.h"
#include "harness/tables/table.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

constexpr std::size_t kMostBytes = 1024 * 1024;
// Of anything that a run's files say, so that the tables have the room.
constexpr std::size_t kLongestText = 400;

// As code, in which no character means anything but the one that ends it.
std::string code(std::string_view text) {
  std::string line = shorten(one_line(text), kLongestText);
  std::replace(line.begin(), line.end(), '`', '\'');
  return '`' + line + '`';
}

std::string counted(std::size_t number, const char* thing) {
  return fmt::format("{} {}{}", format_count(static_cast<double>(number)),
                     thing, number == 1 ? "" : "s");
}

std::string introduction(const ExportedRun& run) {
  std::set<std::string> servers, tools;
  std::set<int> rounds;
  for (const TrialRecord& trial : run.trials) {
    servers.insert(trial.server.name);
    tools.insert(trial.workload.tool);
    rounds.insert(trial.round);
  }
  std::string text = fmt::format("## sockmark {}\n\n", code(run.name));
  text += fmt::format(
      "{}, {}, {}: {}. Load by {}.\n", counted(servers.size(), "server"),
      counted(run.groups.size(), "workload"), counted(rounds.size(), "round"),
      counted(run.trials.size(), "trial"),
      code(join({tools.begin(), tools.end()}, ", ")));
  if (!run.provenance.empty()) text += '\n' + code(run.provenance) + '\n';
  return text;
}

std::string doubts(const ExportedRun& run) {
  constexpr std::size_t kMostNamed = 20;
  std::vector<std::string> failures;
  std::size_t doubtful = 0, incomplete = 0;
  for (const WorkloadCells& group : run.groups) {
    for (const Cell& cell : group.cells) {
      if (!cell.doubts.empty()) ++doubtful;
      if (cell.usable > 0 && !cell.left_out.empty()) ++incomplete;
      if (cell.usable > 0) continue;
      failures.push_back(fmt::format(
          "{}: {}", code(cell.server + ", " + describe(group.workload)),
          code(why_left_out(cell))));
    }
  }
  std::string text;
  if (run.machine.was_interrupted) {
    text += "- The run was interrupted: these are the trials until then.\n";
  }
  if (doubtful > 0) {
    text += fmt::format("- In doubt ({}, reasons below the tables): {}.\n",
                        kSuspectMark, counted(doubtful, "cell"));
  }
  if (incomplete > 0) {
    text += fmt::format("- Not of all their trials ({}): {}.\n",
                        kIncompleteMark, counted(incomplete, "cell"));
  }
  for (std::size_t i = 0; i < std::min(failures.size(), kMostNamed); ++i) {
    text += "- Without figures: " + failures[i] + "\n";
  }
  if (failures.size() > kMostNamed) {
    text += fmt::format(
        "- Without figures, too: {} more.\n",
        format_count(static_cast<double>(failures.size() - kMostNamed)));
  }
  return text.empty() ? "\nNo doubts.\n" : "\n**Doubts**\n\n" + text;
}

std::string environment(const MachineFacts& machine) {
  std::string rows;
  const auto add = [&rows](const char* name, const std::string& value) {
    if (!value.empty()) rows += fmt::format("- {}: {}\n", name, code(value));
  };
  constexpr double kMiB = 1024.0 * 1024.0;
  add("measured", machine.date);
  add("CPU", machine.cpu_model);
  add("CPUs", machine.cpus ? fmt::format("{}", *machine.cpus) : "");
  add("governor", machine.governor);
  add("memory",
      machine.memory_bytes
          ? format_count(static_cast<double>(*machine.memory_bytes) / kMiB) +
                " MiB"
          : "");
  add("load average before",
      fmt::format("{}", fmt::join(machine.load_average, " ")));
  add("kernel", machine.kernel);
  add("system", machine.os);
  add("commit",
      machine.commit +
          (machine.is_dirty.value_or(false) ? ", changed since" : ""));
  add("sockmark", machine.version);
  add("compiler", machine.compiler);
  add("build", machine.build_type);
  add("preset", machine.preset);
  add("command", machine.command);
  if (rows.empty()) return "\nThe run does not say where it was made.\n";
  return fmt::format(
      "\n<details>\n<summary>Environment</summary>\n\n{}\n</details>\n", rows);
}

// All that stands before the tables. What two sides came to matters more than
// the figures of each, and yet shall leave them some room.
std::string top_of(const ExportedRun& run, std::size_t most_bytes) {
  constexpr std::size_t kLeast = 64 * 1024;  // of a comparison
  std::string text = introduction(run) + doubts(run);
  if (run.comparison) {
    text += '\n' + markdown(*run.comparison, std::max(kLeast, most_bytes / 2));
  }
  return text;
}

std::string cut_at(const ExportedRun& run, const std::string& top,
                   std::size_t tables) {
  constexpr std::size_t kMostNamed = 5;
  const std::vector<WorkloadCells> kept(
      run.groups.begin(),
      run.groups.begin() + static_cast<std::ptrdiff_t>(tables));
  std::string text = top;
  if (!kept.empty()) text += '\n' + markdown_table(kept);
  if (tables < run.groups.size()) {
    text += fmt::format("\n**Left out for want of room: {} of {}**",
                        counted(run.groups.size() - tables, "table"),
                        run.groups.size());
    for (std::size_t at = tables;
         at < std::min(run.groups.size(), tables + kMostNamed); ++at) {
      text += "\n- " + code(describe(run.groups[at].workload));
    }
    text += "\n\n`sockmark table` shows them all.\n";
  }
  return text + environment(run.machine);
}

}  // namespace

std::string markdown_summary(const ExportedRun& run, std::size_t most_bytes) {
  const std::string top = top_of(run, most_bytes);
  std::string whole = cut_at(run, top, run.groups.size());
  if (whole.size() <= most_bytes) return whole;
  // By themselves, tables have notes that several of them share, and are
  // larger.
  std::size_t fits = 0;
  std::size_t bytes = cut_at(run, top, 0).size();
  for (; fits < run.groups.size(); ++fits) {
    bytes += markdown_table({run.groups[fits]}).size() + 1;
    if (bytes > most_bytes) break;
  }
  // But for the name of the tool, which they lack there.
  std::string text = cut_at(run, top, fits);
  while (text.size() > most_bytes && fits > 0) {
    fits -= 1 + fits / 16;
    text = cut_at(run, top, fits);
  }
  return text;
}

Exported export_markdown(const ExportedRun& run) {
  return {.text = markdown_summary(run, kMostBytes), .left_out = {}};
}

}  // namespace sockmark
