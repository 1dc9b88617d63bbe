#include "micro/generator_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "harness/text/text.h"

namespace sockmark {
namespace {

using Value = double (*)(const Run&);

std::vector<double> values_of(const Runs& runs, Value of) {
  std::vector<double> values;
  for (const Run& run : runs.rounds) values.push_back(of(run));
  return values;
}

const Runs* find(const std::vector<Runs>& all, const std::string& name) {
  const auto found = std::find_if(
      all.begin(), all.end(),
      [&](const Runs& runs) { return runs.contender->name == name; });
  return found == all.end() ? nullptr : &*found;
}

// Of the same rounds only; nothing if one of the two has failed.
std::optional<MedianInterval> ratio_of(const Runs* ours, const Runs* base,
                                       Value of) {
  if (ours == nullptr || base == nullptr) return std::nullopt;
  if (!ours->failure.empty() || !base->failure.empty()) return std::nullopt;
  return paired_ratio(values_of(*ours, of), values_of(*base, of));
}

std::string to_text(const std::optional<MedianInterval>& ratio) {
  if (!ratio) return std::string(kUnknown);
  if (!ratio->has_interval()) return fmt::format("{:.3f}", ratio->median);
  return fmt::format("{:.3f} [{:.3f}, {:.3f}]", ratio->median, ratio->low,
                     ratio->high);
}

const char* outcome(bool known, bool holds) {
  if (!known) return "not known";
  return holds ? "holds" : "falls short";
}

std::string row(const std::string& name, const std::string& rate,
                const std::string& rate_ratio, const std::string& cost,
                const std::string& cost_ratio, const std::string& calls) {
  const std::string line =
      fmt::format("  {:<13}{:>8} {:<20}{:>9} {:<20}{:>6}", name, rate,
                  rate_ratio, cost, cost_ratio, calls);
  return line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
}

// What the intervals are worth, which goes by the number of rounds alone.
std::string coverage_line(const std::vector<Runs>& all) {
  for (const Runs& runs : all) {
    if (!runs.failure.empty()) continue;
    const auto any = median_interval(values_of(runs, requests_per_second));
    return fmt::format("  medians of {}; [{:.1f} % interval of the ratio]\n",
                       any->n, 100 * any->coverage);
  }
  return "";
}

// Of three decimals as long as that is not absurd: bounds are close.
std::string precise(double value) {
  return value < 100 ? fmt::format("{:.3f}", value) : format_figure(value);
}

std::string wrapped(const std::string& text) {
  return join(wrap(text, 76), "\n    ") + '\n';
}

}  // namespace

double requests_per_second(const Run& run) {
  return run.account.requests_per_second;
}

double cpu_us_per_request(const Run& run) {
  return 1e6 * run.cpu_seconds / run.account.requests;
}

std::string comparison_table(const std::vector<Runs>& all, const Figure& cost,
                             const CallsPerRequest& calls) {
  const Runs* const base = find(all, "wrk");
  std::string text = row("generator", "req/s", "/ wrk", cost.title, "/ wrk",
                         calls.empty() ? "" : "calls");
  for (const Runs& runs : all) {
    if (!runs.failure.empty()) continue;
    const auto ratio = [&](Value of) {
      return &runs == base ? "" : to_text(ratio_of(&runs, base, of));
    };
    const std::string& name = runs.contender->name;
    const auto call = calls.find(name);
    text +=
        row(name, format_count(*median(values_of(runs, requests_per_second))),
            ratio(requests_per_second),
            format_figure(*median(values_of(runs, cost.of))), ratio(cost.of),
            call == calls.end() ? "" : fmt::format("{:.2f}", call->second));
  }
  return text + coverage_line(all);
}

std::string goal_line(const Goal& goal, const std::vector<Runs>& all) {
  const auto ratio =
      ratio_of(find(all, goal.name), find(all, goal.base), goal.figure.of);
  const bool holds = ratio && (goal.at_most ? ratio->median <= goal.bound
                                            : ratio->median >= goal.bound);
  return fmt::format(
      "  {:<11}  {:<45}{}\n", outcome(ratio.has_value(), holds),
      fmt::format("{}: {} {} {:.2f} x {}", goal.name, goal.figure.title,
                  goal.at_most ? "<=" : ">=", goal.bound, goal.base),
      to_text(ratio));
}

std::string bound_line(const std::string& what, std::optional<double> measured,
                       double most) {
  return fmt::format("  {:<11}  {:<45}{}\n",
                     outcome(measured.has_value(), measured <= most),
                     fmt::format("{} <= {}", what, most),
                     measured ? precise(*measured) : std::string(kUnknown));
}

std::string trouble_lines(const std::vector<Runs>& all) {
  std::string text;
  for (const Runs& runs : all) {
    const std::string& name = runs.contender->name;
    if (!runs.failure.empty()) {
      text += fmt::format("*** {} left out: {}\n", name, runs.failure);
    }
    double errors = 0;
    int doubted = 0;
    std::string doubt;
    for (const Run& run : runs.rounds) {
      errors += run.account.errors;
      if (run.account.doubt.empty()) continue;
      ++doubted;
      doubt = run.account.doubt;
    }
    if (errors > 0) {
      text += fmt::format("*** {}: {} errors\n", name, format_count(errors));
    }
    if (doubted > 0) {
      text += wrapped(fmt::format("*** {}: {} of {} runs are doubtful; {}",
                                  name, doubted, runs.rounds.size(), doubt));
    }
  }
  return text;
}

}  // namespace sockmark
