// The frame round every server: parse, run, report.
#pragma once

#include <vector>

#include "lib/options.h"

namespace sockmark {

// Runs the model until it was told to stop. Returns the exit status: 0, 1 with
// "name: what went wrong" on stderr, 2 for a mistake on the command line, or 69
// when it threw Unavailable. `choices` are the flags of this model alone.
int server_main(int argc, char** argv, void (*run)(const Options&),
                const std::vector<Choice>& choices = {});

}  // namespace sockmark
