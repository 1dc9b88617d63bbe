#include "harness/charts/sweep_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "harness/cells/notes.h"
#include "harness/cells/reasons.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

constexpr std::size_t kMostReasons = 4;  // the rest is in trials.jsonl

std::string name_of(const Cell& cell, bool with_tool) {
  return with_tool ? fmt::format("{} ({})", cell.server, cell.tool)
                   : cell.server;
}

bool misses_rate(const Workload& workload, const Cell& cell) {
  return workload.rate_per_second && cell.requests_per_second &&
         cell.requests_per_second->median <
             kAchieved * *workload.rate_per_second;
}

PointMark mark_of(const Workload& workload, const Cell& cell) {
  if (misses_rate(workload, cell)) return PointMark::missed;
  return cell.doubts.empty() ? PointMark::valid : PointMark::suspect;
}

// Why it has no figures, in a word or two.
std::string word_for(const Cell& cell) {
  if (cell.usable > 0 || cell.left_out.empty()) return "not known";
  return cell.left_out.front().kind;
}

bool any(const std::vector<Line>& lines, PointMark mark) {
  for (const Line& line : lines) {
    for (const LinePoint& point : line.points) {
      if (point.mark == mark) return true;
    }
  }
  return false;
}

// "fork at 256, 1,024", by the reason.
std::vector<std::string> notes_on_gaps(const Sweep& sweep) {
  std::map<std::string, std::map<std::string, std::vector<std::string>>> gaps;
  for (const SweepServer& server : servers_of(sweep)) {
    for (std::size_t i = 0; i < sweep.points.size(); ++i) {
      const Cell* const cell = server.cells[i];
      if (cell == nullptr || cell->usable > 0) continue;
      gaps[why_left_out(*cell)][server.label].push_back(
          format_count(value_of(sweep.factor, sweep.points[i].workload)));
    }
  }
  std::vector<std::string> notes;
  for (const auto& [why, servers] : gaps) {
    if (notes.size() == kMostReasons) {
      notes.push_back(fmt::format("{} more reasons are in trials.jsonl.",
                                  gaps.size() - kMostReasons));
      break;
    }
    std::vector<std::string> where;
    for (const auto& [server, values] : servers) {
      where.push_back(server + " at " + join(values, ", "));
    }
    notes.push_back(
        fmt::format("No figures: {} ({}).", why, join(where, "; ")));
  }
  return notes;
}

std::vector<std::string> doubts_in(const Sweep& sweep) {
  std::map<std::string, std::vector<std::string>> kinds;
  for (const WorkloadCells& point : sweep.points) {
    for (const Cell& cell : point.cells) {
      for (const Mishap& doubt : cell.doubts) {
        kinds[kind_of_reason(doubt.reason)].push_back(doubt.reason);
      }
    }
  }
  std::vector<std::string> reasons;
  for (const auto& [kind, all] : kinds) reasons.push_back(merged_reason(all));
  if (reasons.size() > kMostReasons) {
    reasons.resize(kMostReasons);
    reasons.emplace_back("and others, in trials.jsonl");
  }
  return reasons;
}

}  // namespace

std::vector<SweepServer> servers_of(const Sweep& sweep) {
  const bool with_tool = has_several_tools(sweep.points);
  std::vector<SweepServer> servers;
  const auto visit = [&](const WorkloadCells& group) {
    for (const Cell& cell : group.cells) {
      const std::string label = name_of(cell, with_tool);
      if (std::none_of(servers.begin(), servers.end(), [&](const auto& known) {
            return known.label == label;
          })) {
        servers.push_back({label, {}});
      }
    }
  };
  visit(sweep.points[sweep.points.size() / 2]);
  for (const WorkloadCells& group : sweep.points) visit(group);
  for (SweepServer& server : servers) {
    for (const WorkloadCells& group : sweep.points) {
      const auto cell = std::find_if(
          group.cells.begin(), group.cells.end(),
          [&](const Cell& c) { return name_of(c, with_tool) == server.label; });
      server.cells.push_back(cell == group.cells.end() ? nullptr : &*cell);
    }
  }
  return servers;
}

Line line_of(const Sweep& sweep, const SweepServer& server,
             const SweepFigure& figure, double divisor) {
  Line line{.label = server.label};
  bool after_gap = false;
  for (std::size_t i = 0; i < sweep.points.size(); ++i) {
    const Cell* const cell = server.cells[i];
    if (cell == nullptr) continue;
    const Workload& workload = sweep.points[i].workload;
    LinePoint point{.x = value_of(sweep.factor, workload)};
    const auto median = figure.figure(workload, *cell);
    if (median) {
      point.y = median->median / divisor;
      point.n = median->n;
      if (median->has_interval()) {
        point.low = median->low / divisor;
        point.high = median->high / divisor;
      }
      point.mark = mark_of(workload, *cell);
    } else {
      point.mark = PointMark::gap;
      if (!after_gap) point.text = word_for(*cell);
    }
    after_gap = !median;
    line.points.push_back(std::move(point));
  }
  return line;
}

std::vector<std::string> notes_on_lines(const Sweep& sweep,
                                        const std::vector<Line>& lines) {
  std::string marks = "Point: median of the rounds; whisker: its interval";
  if (any(lines, PointMark::suspect)) {
    marks += "; hollow: suspect (" + join(doubts_in(sweep), "; ") + ")";
  }
  if (any(lines, PointMark::missed)) {
    marks += fmt::format("; square: less than {:.0f} % of the rate achieved",
                         100 * kAchieved);
  }
  if (any(lines, PointMark::gap)) marks += "; cross: no figures";
  std::vector<std::string> notes = {note_on_intervals(sweep.points),
                                    marks + "."};
  for (std::string& note : notes_on_gaps(sweep)) {
    notes.push_back(std::move(note));
  }
  return notes;
}

}  // namespace sockmark
