// The result, for machines and for people.
#pragma once

#include <string>
#include <vector>

#include "loadgen/intervals.h"
#include "loadgen/objective.h"
#include "loadgen/options.h"
#include "loadgen/tally.h"
#include "loadgen/verdict.h"

namespace sockmark {

// The contract with the harness: one JSON object. What cannot be known, as a
// percentile with hardly a value beyond it, is null.
std::string to_json(const LoadSpec& spec, const Tally& tally,
                    const LoadVerdict& verdict,
                    const std::vector<ObjectiveResult>& objectives = {});

// A second of the run: one line.
std::string to_json_line(const IntervalRow& row);

// To read, 80 columns wide.
std::string to_text(const LoadSpec& spec, const Tally& tally,
                    const LoadVerdict& verdict,
                    const std::vector<ObjectiveResult>& objectives = {});

double per_second(std::uint64_t count, Nanoseconds time);  // 0 of no time

}  // namespace sockmark
