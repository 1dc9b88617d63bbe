// A run of many workloads that nobody ran, for the tests of what was varied.
#pragma once

#include <string>
#include <vector>

#include "harness/record/record.h"

namespace sockmark {

// So many servers, `long` with 1 to 1024 connections, with replies of 13 bytes
// to 1 MiB, `idle` with 0 to 10,000 idle connections beside 10, and `rate` with
// 1,000 to 64,000 requests per second offered; six rounds. The second server
// crashes from 256 connections on, the third misses the highest rates, the
// fourth is suspect at 64 connections and invalid at 1. select and poll pay for
// idle connections. The same on every machine. Every trial has the histogram
// given, in base64, if it is not empty.
std::vector<TrialRecord> sweep_run(int servers,
                                   const std::string& histogram = "");

}  // namespace sockmark
