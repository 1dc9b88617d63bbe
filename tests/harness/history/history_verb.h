// sockmark history as people start it, on a folder of runs that nobody ran.
#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/harness/sockmark_program.h"
#include "tests/harness/synthetic_history.h"
#include "tests/harness/temporary_folder.h"

namespace sockmark {

class HistoryVerb : public testing::Test {
 protected:
  void add(const std::vector<SketchedRun>& runs) const {
    for (const SketchedRun& run : runs) write_run(folder_.path(), run);
  }

  Outcome history(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = {"history", "--results",
                                          folder_.path().string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return sockmark(arguments);
  }

  nlohmann::json json(std::vector<std::string> more) const {
    more.insert(more.end(), {"--json", "-", "--no-plots"});
    const Outcome outcome = history(more);
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    return nlohmann::json::parse(outcome.out);
  }

  TemporaryFolder folder_;
};

}  // namespace sockmark
