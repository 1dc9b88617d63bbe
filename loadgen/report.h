// The result, for machines and for people.
#pragma once

#include <string>

#include "loadgen/options.h"
#include "loadgen/tally.h"
#include "loadgen/verdict.h"

namespace sockmark {

// The contract with the harness: one JSON object. What a closed loop cannot
// know is null.
std::string to_json(const LoadSpec& spec, const Tally& tally,
                    const LoadVerdict& verdict);

// A few lines to read.
std::string to_text(const LoadSpec& spec, const Tally& tally,
                    const LoadVerdict& verdict);

}  // namespace sockmark
