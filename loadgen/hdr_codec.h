// HdrHistogram's V2 encoding: compressed, lossless, in base64.
#pragma once

#include <string>

#include "loadgen/histogram.h"

namespace sockmark {

// Any HdrHistogram library reads it: "HISTFAAAA..." as in its log files.
std::string encode_hdr_v2(const Histogram& histogram);

}  // namespace sockmark
