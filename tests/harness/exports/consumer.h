// What other programs make of an export; consumers/ has their rules.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "harness/process/child.h"
#include "tests/harness/temporary_folder.h"

namespace sockmark {

struct Consumption {
  nlohmann::json read;   // what the consumer took from it
  std::string refusal;   // why it took nothing
  std::string not_here;  // what is missing on this machine to say
};

// `consumer` is one of those in consumers/consume.py. Every text becomes a
// file.
inline Consumption consume(const std::string& consumer,
                           const std::vector<std::string>& texts) {
  constexpr int kNotHere = 77;
  const TemporaryFolder folder;
  // Debian's own Python, which has Debian's modules.
  std::vector<std::string> argv = {
      "/usr/bin/python3", "-B",
      SOURCE_DIR "/tests/harness/exports/consumers/consume.py", consumer};
  for (const std::string& text : texts) {
    const std::string name = "file" + std::to_string(argv.size());
    argv.push_back(folder.write(name, text).string());
  }
  Child child({.argv = argv, .cpus = {}});
  const auto ending = child.wait_for(std::chrono::seconds(60));
  Consumption outcome;
  if (!ending) {
    outcome.refusal = "it did not end";
  } else if (WIFEXITED(ending->status) &&
             WEXITSTATUS(ending->status) == kNotHere) {
    outcome.not_here = child.err();
  } else if (!ending->clean()) {
    outcome.refusal = "refused: " + child.err();
  } else {
    outcome.read = nlohmann::json::parse(child.out());
  }
  return outcome;
}

}  // namespace sockmark

// Reads `texts` with `consumer` into `variable`, or skips the test loudly.
#define CONSUME(variable, consumer, ...)                   \
  const auto variable = consume(consumer, {__VA_ARGS__});  \
  if (!(variable).not_here.empty()) {                      \
    GTEST_SKIP() << "NOT TESTED: " << (variable).not_here; \
  }                                                        \
  ASSERT_EQ((variable).refusal, "")
