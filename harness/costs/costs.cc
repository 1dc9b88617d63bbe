#include "harness/costs/costs.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <thread>

namespace sockmark {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kSettlesWithin(100);
constexpr milliseconds kQuiet(5);  // twice the same, so far apart
constexpr milliseconds kLeavesWithin(200);
constexpr milliseconds kPoll(5);

bool same(const TreeCounts& a, const TreeCounts& b) {
  return a.tasks == b.tasks && a.zombies == b.zombies && a.fds == b.fds;
}

// Of what a leak is made of.
bool has_more(const TreeCounts& now, const TreeCounts& before) {
  return now.processes > before.processes || now.threads > before.threads ||
         now.zombies > before.zombies ||
         now.fds.value_or(0) > before.fds.value_or(0);
}

TreeCounts counts_of(const ServerTree& tree) {
  return read_tree_counts(members_of(tree, all_processes()));
}

TreeCounts settled_counts(const ServerTree& tree) {
  const auto deadline = steady_clock::now() + kSettlesWithin;
  TreeCounts counts = counts_of(tree);
  while (steady_clock::now() < deadline) {
    std::this_thread::sleep_for(kQuiet);
    TreeCounts again = counts_of(tree);
    if (same(counts, again)) break;
    counts = std::move(again);
  }
  return counts;
}

// One that has ended is in no group any more, but what it used is.
bool holds(const Cgroup& cgroup, const std::vector<Process>& members) {
  const std::set<pid_t> inside = cgroup.members();
  return std::all_of(members.begin(), members.end(),
                     [&inside](const Process& process) {
                       if (process.is_zombie() || inside.contains(process.pid))
                         return true;
                       const auto now = read_process(process.pid);
                       return !now || now->is_zombie();
                     });
}

}  // namespace

Costs::Costs(const ServerTree& tree, const Cgroup& cgroup)
    : tree_(tree), cgroup_(cgroup) {
  readings_.idle = settled_counts(tree);
  readings_.idle_memory = read_pss(members_of(tree, all_processes()));
  readings_.peak = readings_.idle;
}

CostSample Costs::read_cpu(const std::vector<Process>& members,
                           const std::vector<Process>& all) const {
  CostSample sample;
  const bool grouped = cgroup_ && holds(cgroup_, members);
  sample.at = steady_clock::now();
  if (grouped) sample.group = cgroup_.cpu();
  sample.cpu = read_tree_cpu(tree_, members);
  sample.machine = sample_machine(getpid(), members, all);
  return sample;
}

void Costs::note(const TreeCounts& counts) {
  TreeCounts& peak = readings_.peak;
  peak.processes = std::max(peak.processes, counts.processes);
  peak.threads = std::max(peak.threads, counts.threads);
  peak.fds =
      counts.fds && peak.fds ? std::max(peak.fds, counts.fds) : std::nullopt;
  if (counts.tasks != at_start_.tasks) readings_.same_tasks = false;
}

// CPU time first: it has to belong to the moment that the scan saw.
void Costs::window_starts() {
  const auto all = all_processes();
  const auto members = members_of(tree_, all);
  readings_.first = read_cpu(members, all);
  at_start_ = read_tree_counts(members);
  note(at_start_);
  readings_.first->activity = read_tree_activity(members);
  readings_.peak_rss_bytes = readings_.first->activity.peak_rss_bytes;
}

void Costs::within_window() { note(counts_of(tree_)); }

void Costs::window_ends() {
  const auto all = all_processes();
  const auto members = members_of(tree_, all);
  readings_.last = read_cpu(members, all);
  readings_.last->activity = read_tree_activity(members);
  readings_.peak_rss_bytes = std::max(readings_.peak_rss_bytes,
                                      readings_.last->activity.peak_rss_bytes);
  note(read_tree_counts(members));
}

void Costs::read_loaded_memory() {
  readings_.loaded_memory = read_pss(members_of(tree_, all_processes()));
}

void Costs::forget_loaded_memory() {
  readings_.loaded_memory = CostReadings().loaded_memory;
}

void Costs::load_ended() {
  const auto deadline = steady_clock::now() + kLeavesWithin;
  TreeCounts counts = counts_of(tree_);
  while (has_more(counts, readings_.idle) && steady_clock::now() < deadline) {
    std::this_thread::sleep_for(kPoll);
    counts = counts_of(tree_);
  }
  readings_.left = std::move(counts);
}

}  // namespace sockmark
