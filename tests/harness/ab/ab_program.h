// `sockmark ab` as a child of a test, in a repository of its own.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "harness/gate/comparison_json.h"
#include "harness/record/stored_runs.h"
#include "tests/harness/ab/repository.h"
#include "tests/harness/golden.h"
#include "tests/harness/sockmark_program.h"

namespace sockmark {

inline std::string line_of(const std::string& name,
                           const std::string& command) {
  return name + " | " + command + " | fake | none | here | of a test\n";
}

// A repository whose build copies servers; what each commit has is in its list.
class Ab : public testing::Test {
 protected:
  std::string build() const {
    return fmt::format(
        "mkdir -p build/release/servers && cd build/release/servers && "
        "cp ../../../list MODELS && cp {} {}/poll .",
        FAKE_SERVER, SERVER_DIR);
  }

  std::vector<std::string> arguments(
      const std::string& base, const std::string& head,
      const std::vector<std::string>& more,
      const std::string& duration = "100ms") const {
    std::vector<std::string> all = {
        "ab",         base,       head,       "--results",  results(),
        "--workload", "short",    "--rounds", "2",          "--duration",
        duration,     "--warmup", "20ms",     "--no-plots", "--connections",
        "2"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }

  Outcome ab(const std::string& base, const std::string& head,
             const std::vector<std::string>& more) const {
    Child child({.argv = sockmark_command(arguments(base, head, more)),
                 .cpus = {},
                 .cwd = repository_.path()});
    return finish(child);
  }

  Outcome built(const std::string& base, const std::string& head) const {
    return ab(base, head, {"--build", build()});
  }

  std::string results() const {
    return (repository_.path().parent_path() / "results").string();
  }

  std::filesystem::path run() const { return find_run("latest", results()); }

  Comparison comparison() const {
    return read_comparison(contents_of(run() / kComparisonFile), "here");
  }

  Repository repository_;
};

inline const std::string kGood = line_of("mine", "poll");

inline void expect_one_line(const Outcome& outcome, int status) {
  EXPECT_EQ(outcome.status, status) << outcome.err;
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1)
      << outcome.err;
  EXPECT_EQ(outcome.out, "");
}

}  // namespace sockmark
