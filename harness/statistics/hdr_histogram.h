// The latencies of a trial, as a load generator stored them: HdrHistogram's V2
// encoding. Read to be added up over rounds, which loses nothing.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>

namespace sockmark {

// How often there was a value, by the highest one that was counted as the same.
using ValueCounts = std::map<std::int64_t, std::uint64_t>;

// Throws std::runtime_error that says what is wrong with the text, which is
// compressed and in base64: "HISTFAAAA...". Nothing of what it claims of itself
// is believed: at most 64 MB are unpacked.
ValueCounts decode_histogram(std::string_view base64);

}  // namespace sockmark
