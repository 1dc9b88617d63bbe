#include "harness/process/own_children.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <csignal>
#include <cstddef>
#include <cstring>

namespace sockmark {
namespace {

// Nobody but us can wait for a child of ours, so its id is not another's
// between the two calls.
void kill_if_own_child(pid_t pid) {
  siginfo_t ignored{};
  if (waitid(P_PID, static_cast<id_t>(pid), &ignored,
             WEXITED | WNOHANG | WNOWAIT | __WALL) == 0) {
    kill(pid, SIGKILL);
  }
}

}  // namespace

void kill_own_children() {
  const int proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (proc < 0) return;
  alignas(dirent64) std::array<char, 8192> entries;
  for (;;) {
    const long size =
        syscall(SYS_getdents64, proc, entries.data(), entries.size());
    if (size <= 0) break;
    for (long at = 0; at < size;) {
      const auto* const entry =
          reinterpret_cast<const dirent64*>(entries.data() + at);
      const char* const name = static_cast<const char*>(entry->d_name);
      const char* const end = name + std::strlen(name);
      pid_t pid = 0;
      if (std::from_chars(name, end, pid).ptr == end) kill_if_own_child(pid);
      at += entry->d_reclen;
    }
  }
  close(proc);
}

}  // namespace sockmark
