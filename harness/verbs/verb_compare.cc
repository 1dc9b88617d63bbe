// sockmark compare: two stored measurements against each other.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "harness/compare/google_benchmark.h"
#include "harness/compare/not_comparable.h"
#include "harness/compare/recorded_run.h"
#include "harness/compare/stored_comparison.h"
#include "harness/gate/comparison.h"
#include "harness/gate/comparison_json.h"
#include "harness/gate/comparison_table.h"
#include "harness/process/exit_statuses.h"
#include "harness/text/replace_file.h"
#include "harness/text/terminal.h"
#include "harness/text/text_file.h"
#include "harness/verbs/verbs.h"

namespace sockmark {
namespace {

struct CompareOptions {
  std::string base;
  std::string head;
  std::string results = "results";
  std::string json;
  std::string markdown;
  bool is_forced = false;
  bool is_strict = false;
};

// A file that holds one; a run is given as a file or as something else.
bool is_benchmark_file(const std::string& asked) {
  std::error_code unknown;
  return std::filesystem::is_regular_file(asked, unknown) &&
         is_google_benchmark(read_text(asked));
}

Comparison compare(const CompareOptions& options) {
  const bool base_is = is_benchmark_file(options.base);
  const bool head_is = is_benchmark_file(options.head);
  if (base_is != head_is) {
    throw NotComparable(fmt::format(
        "{} is of Google Benchmark, {} is a run of sockmark: they measure "
        "different things",
        base_is ? options.base : options.head,
        base_is ? options.head : options.base));
  }
  if (base_is) {
    return compare_benchmarks(read_google_benchmark(options.base),
                              read_google_benchmark(options.head),
                              options.is_forced);
  }
  return compare_runs(read_recorded_run(options.base, options.results),
                      read_recorded_run(options.head, options.results),
                      options.is_forced);
}

int compare_and_tell(const CompareOptions& options) {
  const Comparison comparison = compare(options);
  if (options.is_forced && comparison.notes.front().starts_with("FORCED")) {
    fmt::print(stderr, "sockmark: {}\n", comparison.notes.front());
  }
  if (!options.json.empty()) write_file(options.json, to_json(comparison));
  if (!options.markdown.empty()) {
    write_file(options.markdown, markdown(comparison));
  }
  fmt::print("{}", terminal_table(comparison, style_of(STDOUT_FILENO)));
  return exit_status_of(comparison, options.is_strict);
}

}  // namespace

void add_compare(CLI::App& app, Action& action) {
  const auto options = std::make_shared<CompareOptions>();
  CLI::App* const verb = app.add_subcommand(
      "compare", "Two stored runs, or two files of Google Benchmark");
  const char* const what =
      "A run's name or folder, its result.json, latest, or Google Benchmark's "
      "JSON";
  verb->add_option("base", options->base, what)->required();
  verb->add_option("new", options->head, what)->required();
  verb->add_flag("--force", options->is_forced,
                 "Go on where the machines or the builds differ");
  verb->add_flag("--strict", options->is_strict,
                 "Exit with 4 where inconclusive");
  verb->add_option("--json", options->json, "Write the comparison there")
      ->type_name("FILE");
  verb->add_option("--markdown", options->markdown, "Write its summary there")
      ->type_name("FILE");
  verb->add_option("--results", options->results, "Folder of the runs")
      ->capture_default_str();
  verb->callback([options, &action] {
    action = [options] {
      try {
        return compare_and_tell(*options);
      } catch (const NotComparable& difference) {
        fmt::print(stderr, "sockmark: {}\n", difference.what());
        return kExitNothingComparable;
      }
    };
  });
}

}  // namespace sockmark
