// Reads what a trial costs: of the server's tree and of the machine, when the
// server is ready, at both ends of the measured window, and after the load.
#pragma once

#include <vector>

#include "harness/costs/cgroup.h"
#include "harness/costs/cost_figures.h"
#include "harness/costs/tree_usage.h"

namespace sockmark {

class Costs {
 public:
  // To be called when the server is ready: waits a moment (at most 100 ms) for
  // it to be done with the check of that. `cgroup` may be none; it outlives
  // this.
  Costs(const ServerTree& tree, const Cgroup& cgroup);

  // While the load is on, in this order. The second, any number of times, reads
  // only what can have a peak between.
  void window_starts();
  void within_window();
  void window_ends();

  // Apart from window_ends() as it walks the server's page tables, while its
  // connections are still open.
  void read_loaded_memory();
  // The load had ended when that was done: it was not of a loaded server.
  void forget_loaded_memory();

  // Waits, only while something is left and at most 200 ms, for the server to
  // notice that its clients are gone.
  void load_ended();

  const CostReadings& readings() const { return readings_; }

 private:
  CostSample read_cpu(const std::vector<Process>& members,
                      const std::vector<Process>& all) const;
  void note(const TreeCounts& counts);

  ServerTree tree_;
  const Cgroup& cgroup_;
  CostReadings readings_;
  TreeCounts at_start_;
};

}  // namespace sockmark
