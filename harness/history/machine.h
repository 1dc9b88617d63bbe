// What has to be the same for the figures of stored runs to be put in one
// series: the machine, its system, the compiler, the load generator. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace sockmark {

struct MachineTrait {
  std::string name;                  // as in the JSON: "cpu_model"
  std::string label;                 // for people: "CPU"
  std::optional<std::string> value;  // none: the run does not say

  bool operator==(const MachineTrait&) const = default;
};

struct Machine {
  std::vector<MachineTrait> traits;  // always the same, in the same order

  std::optional<std::string> value(const std::string& name) const;
  bool operator==(const Machine&) const = default;
};

// Of the text of an environment.json. Throws std::runtime_error for text that
// is none.
Machine machine_of(const std::string& environment);

// "kernel 6.1 instead of 6.18": what `one` is, and is not as in the `other`.
std::vector<std::string> differences(const Machine& one, const Machine& other);

// "EPYC 7B13 · 2 CPUs · Linux 6.18 · kvm · GNU 12.2.0"; what is not known is
// left out.
std::string describe(const Machine& machine);

}  // namespace sockmark
