// What has to be the same for the absolute figures of runs to be compared, or
// put in one series: the machine, the system, the compiler, the load generator.
// Pure.
//
// How fast a machine's clock ticks at the moment, how loaded it is and who else
// is on its host is in no fingerprint: equal ones make figures comparable, not
// equal.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace sockmark {

struct Trait {
  std::string name;                  // as in JSON: "cpu_model"
  std::string label;                 // for people: "CPU"
  std::optional<std::string> value;  // none: the run does not say

  bool operator==(const Trait&) const = default;
};

struct Fingerprint {
  std::vector<Trait> traits;  // always the same ones, in the same order

  std::optional<std::string> value(const std::string& name) const;
  bool operator==(const Fingerprint&) const = default;
};

// No trait has a value yet.
Fingerprint empty_fingerprint();

// Of the text of an environment.json, older ones included. Throws
// std::runtime_error that names `origin`, for text that is none.
Fingerprint fingerprint_of(const std::string& environment,
                           const std::string& origin);

// "kernel: 6.1 in the base, 6.18 in the new one"; empty if they are comparable.
// What only one side says is a difference, but for the C library, which not
// every one can name.
std::vector<std::string> differences(const Fingerprint& base,
                                     const Fingerprint& head);

// The same in one line: "kernel 6.18 instead of 6.1, CPUs 4 instead of 2", or
// an empty one.
std::string instead_of(const Fingerprint& other, const Fingerprint& usual);

// "EPYC 7B13 · 2 CPUs · Linux 6.18 · kvm · GNU 12.2.0 · loadgen 0.1.0"; what is
// not known is left out.
std::string describe(const Fingerprint& fingerprint);

}  // namespace sockmark
