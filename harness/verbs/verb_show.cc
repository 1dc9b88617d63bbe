// The verbs that only read: list, table, plot, ratio.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>

#include "harness/cells/cells.h"
#include "harness/cells/ratio.h"
#include "harness/gate/comparison_table.h"
#include "harness/process/installation.h"
#include "harness/record/record.h"
#include "harness/record/stored_runs.h"
#include "harness/report/plot.h"
#include "harness/report/recorded_comparison.h"
#include "harness/server/server_choice.h"
#include "harness/tables/table.h"
#include "harness/text/or_null.h"
#include "harness/text/terminal.h"
#include "harness/verbs/verbs.h"
#include "lib/command_line.h"
#include "lib/exit_status.h"

namespace sockmark {
namespace {

using Json = nlohmann::ordered_json;

// `manifest` is empty for none.
int list(bool as_json, const std::string& manifest) {
  const auto servers = all_servers(
      installation().servers / "MODELS",
      manifest.empty() ? std::nullopt
                       : std::optional<std::filesystem::path>(manifest));
  Json json = Json::array();
  for (const ServerSpec& server : servers) {
    if (as_json) {
      json.push_back({{"name", server.name},
                      {"command", server.command},
                      {"family", server.family},
                      {"unit", or_null(server.unit)},
                      {"source", or_null(server.source)},
                      {"summary", server.summary},
                      {"manifest", or_null(server.manifest.string())}});
    } else {
      fmt::print("{:<16} {:<9} {}\n", server.name, server.family,
                 server.summary);
    }
  }
  if (as_json) fmt::print("{}\n", json.dump(2));
  return kExitOk;
}

// Of a run of two sides first what it came to, as `ab` printed it.
int table(const std::string& run, const std::string& results,
          const std::string& format) {
  const auto folder = find_run(run, results);
  const auto trials = counting_trials(folder);
  if (format == "csv") {
    fmt::print("{}", csv_table(trials));
    return kExitOk;
  }
  const auto groups = group_cells(trials);
  const auto comparison = recorded_comparison(folder);
  if (format == "markdown") {
    if (comparison) fmt::print("{}\n", markdown(*comparison));
    fmt::print("{}", markdown_table(groups));
    return kExitOk;
  }
  const TerminalStyle style = style_of(STDOUT_FILENO);
  if (comparison) fmt::print("{}\n", terminal_table(*comparison, style));
  fmt::print("{}", terminal_table(groups, style));
  return kExitOk;
}

struct StoredRun {
  std::string run = "latest";
  std::string results = "results";
  std::string format = "text";
  std::string base;
};

std::shared_ptr<StoredRun> add_stored_run(CLI::App& verb) {
  auto stored = std::make_shared<StoredRun>();
  verb.add_option("run", stored->run, "A run's name or folder")
      ->capture_default_str();
  verb.add_option("--results", stored->results, "Folder of the runs")
      ->capture_default_str();
  return stored;
}

int ratio(const StoredRun& stored) {
  const auto trials = counting_trials(find_run(stored.run, stored.results));
  const auto is_tool = [&](const TrialRecord& trial) {
    return trial.workload.tool == stored.base;
  };
  const Side side = std::any_of(trials.begin(), trials.end(), is_tool)
                        ? Side::tool
                        : Side::server;
  const auto ratios = ratios_to(trials, side, stored.base);
  if (ratios.empty()) {
    throw std::runtime_error("nothing to compare with '" + stored.base +
                             "' in this run");
  }
  fmt::print("{}", ratio_table(ratios));
  return kExitOk;
}

}  // namespace

void draw_charts(const std::filesystem::path& run_folder) {
  const PlotResult result =
      plot_run(run_folder, {.scripts = installation().plots});
  if (!result.warning.empty()) {
    fmt::print(stderr, "sockmark: {}\n", result.warning);
  } else if (!result.images.empty()) {
    fmt::print(stderr, "charts in {}\n",
               result.images.front().parent_path().string());
  }
  fmt::print(stderr, "report: {}\n", result.report.string());
}

void add_list(CLI::App& app, Action& action) {
  struct Options {
    bool as_json = false;
    std::string manifest;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* const verb = app.add_subcommand("list", "The servers there are");
  verb->add_option("--manifest", options->manifest,
                   "Servers of your own to list, too: a file as in examples/");
  verb->add_flag("--json", options->as_json, "For machines");
  verb->callback([options, &action] {
    action = [options] { return list(options->as_json, options->manifest); };
  });
}

void add_table(CLI::App& app, Action& action) {
  CLI::App* const verb = app.add_subcommand("table", "A stored run's figures");
  const auto stored = add_stored_run(*verb);
  verb->add_option("--format", stored->format, "text, markdown or csv")
      ->check(CLI::IsMember({"text", "markdown", "csv"}))
      ->capture_default_str();
  verb->callback([stored, &action] {
    action = [stored] {
      return table(stored->run, stored->results, stored->format);
    };
  });
}

void add_plot(CLI::App& app, Action& action) {
  CLI::App* const verb = app.add_subcommand("plot", "A stored run's charts");
  const auto stored = add_stored_run(*verb);
  verb->callback([stored, &action] {
    action = [stored] {
      draw_charts(find_run(stored->run, stored->results));
      return kExitOk;
    };
  });
}

void add_ratio(CLI::App& app, Action& action) {
  CLI::App* const verb = app.add_subcommand(
      "ratio", "A stored run's servers or tools over one of them");
  const auto stored = add_stored_run(*verb);
  verb->add_option("--base", stored->base, "The server or tool to divide by")
      ->required();
  verb->callback(
      [stored, &action] { action = [stored] { return ratio(*stored); }; });
}

}  // namespace sockmark
