#include "tests/truth/claim.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "lib/duration.h"

namespace sockmark {
namespace {

using std::chrono::nanoseconds;

Finding finding(std::string what, std::string expected, std::string measured,
                bool holds) {
  return {.what = std::move(what),
          .expected = std::move(expected),
          .measured = std::move(measured),
          .outcome = holds ? Finding::Outcome::holds : Finding::Outcome::fails};
}

std::string time(double ns) {
  if (std::isnan(ns)) return "null";
  const nanoseconds magnitude(std::llround(std::abs(ns)));
  return (ns < 0 ? "-" : "") + format_duration(magnitude);
}

double ns_of(nanoseconds duration) {
  return static_cast<double>(duration.count());
}

std::string described(const Report& report) {
  std::string text = report.verdict();
  for (const std::string& reason : report.reasons()) text += "; " + reason;
  return text;
}

}  // namespace

Finding time_within(std::string what, double measured_ns, nanoseconds expected,
                    nanoseconds tolerance) {
  return finding(
      std::move(what),
      fmt::format("{} ± {}", time(ns_of(expected)), time(ns_of(tolerance))),
      time(measured_ns),
      std::abs(measured_ns - ns_of(expected)) <= ns_of(tolerance));
}

Finding time_at_least(std::string what, double measured_ns, nanoseconds least) {
  return finding(std::move(what), ">= " + time(ns_of(least)), time(measured_ns),
                 measured_ns >= ns_of(least));
}

Finding time_at_most(std::string what, double measured_ns, nanoseconds most) {
  return finding(std::move(what), "<= " + time(ns_of(most)), time(measured_ns),
                 measured_ns <= ns_of(most));
}

Finding number_within(std::string what, double measured, double expected,
                      double share) {
  return finding(std::move(what),
                 fmt::format("{} ± {} %", expected, 100 * share),
                 fmt::format("{:.1f}", measured),
                 std::abs(measured - expected) <= share * expected);
}

Finding count_at_most(std::string what, double measured, std::uint64_t most) {
  return finding(std::move(what), fmt::format("<= {}", most),
                 fmt::format("{}", measured),
                 measured <= static_cast<double>(most));
}

Finding same(std::string what, std::string expected, std::string measured) {
  const bool holds = expected == measured;
  return finding(std::move(what), std::move(expected), std::move(measured),
                 holds);
}

Finding doubted(std::string what, const Report& report,
                const std::vector<std::string>& words) {
  const auto names_it = [&](const std::string& reason) {
    return std::any_of(words.begin(), words.end(), [&](const auto& word) {
      return reason.find(word) != std::string::npos;
    });
  };
  const auto& reasons = report.reasons();
  const bool holds = report.verdict() != "valid" &&
                     std::any_of(reasons.begin(), reasons.end(), names_it);
  return finding(std::move(what),
                 fmt::format("doubted for '{}'", fmt::join(words, "' or '")),
                 described(report), holds);
}

Finding trusted(std::string what, const Report& report) {
  return finding(std::move(what), "valid", described(report),
                 report.verdict() == "valid");
}

}  // namespace sockmark
