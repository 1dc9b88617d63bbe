// What the doctor found: for people, and for programs.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <string>
#include <vector>

#include "harness/doctor/doctor.h"
#include "harness/tables/table.h"

namespace sockmark {

// What `sockmark doctor` says.
struct Diagnosis {
  DoctorFindings findings;
  std::string server;                // that was measured against itself
  std::vector<WorkloadNoise> noise;  // empty: not measured
};

// No line but that of a command is wider than the terminal.
std::string to_text(const Diagnosis& diagnosis, const TerminalStyle& style);

// One object, as docs/formats.md explains it, with the environment in it.
std::string to_json(const Diagnosis& diagnosis, const Environment& environment);

}  // namespace sockmark
