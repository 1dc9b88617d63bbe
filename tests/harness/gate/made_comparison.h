// A comparison with everything that there may be in one.
#pragma once

#include <limits>

#include "harness/gate/comparison.h"
#include "tests/harness/gate/sampled.h"

namespace sockmark {

inline Comparison made_comparison() {
  Comparison comparison{
      .base = {.name = "main", .description = "3f2a91c of 22 November"},
      .head = {.name = "HEAD", .description = "build/release, dirty"},
      .rounds = 10,
      .missing = {"short/fork/64 connections"},
      .fresh = {"short/select/64 connections"},
      .failed = {"head: long/thread: crashed in round 3: \"\xff\""},
      .identical = {"poll"},
      .notes = {"two rounds were run again"},
      .too_noisy = false};
  const auto base = rising(10, 17'317.3);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  comparison.judgements =
      judge({samples_of("cpu_ns_per_request", base, times(1.1, base)),
             samples_of("requests_per_second", rising(3, 900), rising(3, 901)),
             samples_of("p99_ns", {1, nan}, {1, 2}),
             samples_of("errors_per_request", {0, 0}, {0, 0.01}),
             samples_of("bytes_received_per_request", {78}, {78})},
            comparison.rules);
  return comparison;
}

}  // namespace sockmark
