// The command line of `sockmark ab`.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "harness/ab/side.h"
#include "harness/plan/run_options.h"

namespace sockmark {

struct AbOptions {
  std::string base, head;
  std::string build;  // a command; empty: none
  SideFiles files;    // --models, --manifest
  std::string json;   // files to write; empty: none
  std::string markdown;
  bool strict = false;
  RunOptions run = {};  // of the rest; `rounds` are those of the first look
};

void add_ab_options(CLI::App& verb, AbOptions& options);

}  // namespace sockmark
