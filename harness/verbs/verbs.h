// The verbs of sockmark's command line.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>

namespace sockmark {

// What the chosen verb does; returns the exit status.
using Action = std::function<int()>;

// Draws a run's charts and says on stderr where they are, or why there are
// none: a missing gnuplot is a warning. Throws if drawing failed.
void draw_charts(const std::filesystem::path& run_folder);

// Each adds its verb to `app`, which sets `action` when it is chosen.
void add_ab(CLI::App& app, Action& action);
void add_baseline(CLI::App& app, Action& action);
void add_compare(CLI::App& app, Action& action);
void add_doctor(CLI::App& app, Action& action);
void add_export(CLI::App& app, Action& action);
void add_history(CLI::App& app, Action& action);
void add_list(CLI::App& app, Action& action);
void add_run(CLI::App& app, Action& action);
void add_table(CLI::App& app, Action& action);
void add_plot(CLI::App& app, Action& action);
void add_ratio(CLI::App& app, Action& action);
void add_selfcheck(CLI::App& app, Action& action);

}  // namespace sockmark
