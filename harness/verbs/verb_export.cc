// The verb that tells other programs of a stored run.
#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

#include "harness/exports/exports.h"
#include "harness/process/exit_statuses.h"
#include "harness/record/stored_runs.h"
#include "harness/verbs/verbs.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string run = "latest";
  std::string results = "results";
  std::string format;
  std::string output;  // empty: stdout
};

// `error` is an errno.
[[noreturn]] void refuse(const std::string& target, int error) {
  throw std::runtime_error(
      fmt::format("cannot write {}: {}", target, std::strerror(error)));
}

// Throws unless all of it got there.
void write_whole(std::FILE* stream, const std::string& text,
                 const std::string& target) {
  const bool is_written =
      std::fwrite(text.data(), 1, text.size(), stream) == text.size();
  if (!is_written || std::fflush(stream) != 0) refuse(target, errno);
}

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

File open_to_write(const fs::path& path) {
  File file(std::fopen(path.c_str(), "we"));
  if (!file) refuse(path.string(), errno);
  return file;
}

void replace_file(const fs::path& path, const std::string& text) {
  const fs::path part = path.string() + ".part";
  const File file = open_to_write(part);
  try {
    write_whole(file.get(), text, part.string());
    if (std::rename(part.c_str(), path.c_str()) != 0) {
      refuse(path.string(), errno);
    }
  } catch (const std::exception&) {
    std::remove(part.c_str());
    throw;
  }
}

// A file gets all of it at once, or stays as it was; what is none, such as a
// pipe, a device or a link to a file, is written to.
void write_output(const fs::path& path, const std::string& text) {
  std::error_code unknown;
  const fs::file_status status = fs::symlink_status(path, unknown);
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    write_whole(open_to_write(path).get(), text, path.string());
  } else {
    replace_file(path, text);
  }
}

int export_run(const Options& options) {
  const ExportFormat& format = export_format_named(options.format);
  const fs::path folder = find_run(options.run, options.results);
  const Exported exported = format.write(read_exported_run(folder));
  for (const std::string& cell : exported.left_out) {
    fmt::print(stderr, "left out: {}\n", cell);
  }
  if (exported.is_empty) {
    fmt::print(stderr, "sockmark: nothing of {} can be told as {}\n",
               folder.string(), format.name);
    return kExitNothingComparable;
  }
  if (options.output.empty() || options.output == "-") {
    write_whole(stdout, exported.text, "stdout");
  } else {
    write_output(options.output, exported.text);
  }
  return kExitOk;
}

std::string footer() {
  std::string text = "Formats:\n";
  for (const ExportFormat& format : export_formats()) {
    text += fmt::format("  {:<32} {}\n", format.name, format.summary);
  }
  return text +
         "\nExit status: 0 written, 1 a file cannot be read or written or has "
         "no\ntrials, 2 usage, 7 the run has nothing that the format can hold.";
}

}  // namespace

void add_export(CLI::App& app, Action& action) {
  const auto options = std::make_shared<Options>();
  CLI::App* const verb = app.add_subcommand(
      "export", "A stored run in the formats of other programs");
  verb->add_option("run", options->run, "A run's name or folder")
      ->capture_default_str();
  verb->add_option("--results", options->results, "Folder of the runs")
      ->capture_default_str();
  verb->add_option("--format", options->format, "One of those below")
      ->required();
  verb->add_option("--output", options->output,
                   "File to write instead of stdout");
  verb->footer(footer());
  verb->callback([options, &action] {
    action = [options] { return export_run(*options); };
  });
}

}  // namespace sockmark
