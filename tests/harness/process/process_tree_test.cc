#include "harness/process/process_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "harness/process/child.h"
#include "tests/servers/patience.h"

namespace sockmark {
namespace {

using testing::Contains;
using testing::Field;
using testing::Not;

TEST(ProcessTree, KnowsTheProcessItself) {
  const auto self = read_process(getpid());
  ASSERT_TRUE(self.has_value());
  EXPECT_EQ(self->parent, getppid());
  EXPECT_EQ(self->group, getpgrp());
  EXPECT_EQ(self->session, getsid(0));
  EXPECT_EQ(self->state, 'R');
  EXPECT_GE(self->threads, 1);
}

TEST(ProcessTree, OfNobodyIsEmpty) {
  EXPECT_FALSE(read_process(1 << 29).has_value());
  EXPECT_TRUE(descendants_of(1 << 29).empty());
}

TEST(ProcessTree, IsNotDeadWithItsFirstThread) {
  const pid_t child = fork();
  if (child == 0) {
    std::thread([] { pause(); }).detach();
    syscall(SYS_exit, 0);  // of this thread
  }
  const auto has_state_z = [&] { return read_process(child)->state == 'Z'; };
  EXPECT_TRUE(eventually(has_state_z));
  EXPECT_FALSE(read_process(child)->is_zombie());
  kill(child, SIGKILL);
  EXPECT_TRUE(eventually([&] { return read_process(child)->is_zombie(); }));
  EXPECT_EQ(waitpid(child, nullptr, 0), child);
}

TEST(ProcessTree, HoldsChildrenOfChildrenInWhateverSession) {
  const Child shell(
      {.argv = {"sh", "-c", "setsid sleep 60 & wait"}, .cpus = {}});
  pid_t daemon = -1;
  const auto has_daemon = [&] {
    for (const Process& process : descendants_of(shell.pid())) {
      if (process.session == process.pid) daemon = process.pid;
    }
    return daemon > 0;
  };
  ASSERT_TRUE(eventually(has_daemon));
  EXPECT_THAT(descendants_of(getpid()),
              Contains(Field(&Process::pid, shell.pid())));
  EXPECT_THAT(descendants_of(shell.pid()),
              Not(Contains(Field(&Process::pid, shell.pid()))));
}

}  // namespace
}  // namespace sockmark
