// The frame round every server: parse, run, report.
#pragma once

#include "lib/options.h"

namespace sockmark {

// Runs the model until it was told to stop. Returns the exit status: 0, 1 with
// "name: what went wrong" on stderr, or 2 for a mistake on the command line.
int server_main(int argc, char** argv, void (*run)(const Options&));

}  // namespace sockmark
