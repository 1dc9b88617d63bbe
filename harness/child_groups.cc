#include "harness/child_groups.h"

#include <array>
#include <atomic>
#include <csignal>

namespace sockmark {
namespace {

using Slot = std::atomic<pid_t>;
static_assert(Slot::is_always_lock_free);  // for the signal handler

std::array<Slot, 64> groups{};

void replace_once(pid_t old, pid_t replacement) {
  for (Slot& slot : groups) {
    pid_t expected = old;
    if (slot.compare_exchange_strong(expected, replacement)) return;
  }
}

}  // namespace

void note_child_group(pid_t group) { replace_once(0, group); }
void forget_child_group(pid_t group) { replace_once(group, 0); }

void kill_child_groups() {
  for (const Slot& slot : groups) {
    const pid_t group = slot;
    if (group > 0) kill(-group, SIGKILL);
  }
}

}  // namespace sockmark
