// Whether the figures can be trusted, as far as the generator itself can know.
#pragma once

#include <string>
#include <vector>

#include "loadgen/options.h"
#include "loadgen/tally.h"

namespace sockmark {

struct LoadVerdict {
  enum class Status { valid, suspect, invalid };
  Status status = Status::valid;
  std::vector<std::string> reasons;  // in words; empty if valid
};

// Pure.
LoadVerdict judge(const LoadSpec& spec, const Tally& tally, bool interrupted);

const char* to_string(LoadVerdict::Status status);

}  // namespace sockmark
