// What was varied in a run: workloads that differ in one thing alone.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "harness/cells/cells.h"

namespace sockmark {

enum class Factor { connections, rate, body, idle };

struct Sweep {
  Factor factor = Factor::connections;
  std::vector<WorkloadCells> points;  // at least two, by the factor, ascending
};

// The factor's value in a workload: connections, requests per second, bytes.
double value_of(Factor factor, const Workload& workload);

// Every set of workloads of one name that are equal but for one factor, by the
// factor and then in the order of the groups. A closed loop has no rate to
// vary.
std::vector<Sweep> sweeps_in(const std::vector<WorkloadCells>& groups);

// "connections", "rate", "body", "idle".
std::string_view to_string(Factor factor);

// As of a workload, without what varies: "long: kept alive, closed loop".
std::string describe(const Sweep& sweep);

// At most `most` groups to stand for all: of workloads that share a name, the
// one that the most sweeps go through, of those the middle one. All of the
// groups where there are no more than that.
std::vector<WorkloadCells> representatives(
    const std::vector<WorkloadCells>& groups, std::size_t most);

}  // namespace sockmark
