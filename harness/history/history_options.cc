#include "harness/history/history_options.h"

#include <fmt/format.h>

#include <array>
#include <vector>

namespace sockmark {
namespace {

// The steadiest first, which is the default.
constexpr std::array kMetrics = {"cpu_ns_per_request", "requests_per_second",
                                 "p50_ns", "p99_ns", "pss_loaded_bytes"};

void add_what_to_show(CLI::App& verb, HistoryOptions& options) {
  HistoryQuery& query = options.query;
  verb.add_option("--results", query.results, "Folder of the runs")
      ->capture_default_str();
  verb.add_option("--server,--servers", query.servers, "By name; otherwise all")
      ->delimiter(',');
  verb.add_option("--workload", query.workloads, "By name; otherwise all")
      ->delimiter(',');
  verb.add_option("--metric", query.metric,
                  fmt::format("{}", fmt::join(kMetrics, ", ")))
      ->check(CLI::IsMember(
                  std::vector<std::string>(kMetrics.begin(), kMetrics.end()))
                  .description(""))  // which the help has already
      ->capture_default_str();
  verb.add_option("--last", options.last, "Only so many runs")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1'000'000}));
  verb.add_option("--min", options.fewest,
                  "How many runs it takes to look for change points")
      ->check(CLI::Range(kFewestToSplit, std::size_t{1'000'000}))
      ->capture_default_str();
  verb.add_flag("--any-machine", query.any_machine,
                "Put runs of different machines in one series");
}

}  // namespace

void add_history_options(CLI::App& verb, HistoryOptions& options) {
  add_what_to_show(verb, options);
  verb.add_option("--json", options.json,
                  "Write it for machines: a file, or - in place of the table");
  auto* const chart = verb.add_option(
      "--chart", options.chart,
      "Where to draw it, without .svg and .png [history, in the results]");
  verb.add_flag("--no-plots", options.no_plots, "Draw nothing")
      ->excludes(chart);
}

}  // namespace sockmark
