// What the conformance tests of all themes have in common.
#pragma once

#include <gtest/gtest.h>

#include <csignal>
#include <optional>
#include <string>
#include <vector>

#include "tests/servers/client.h"
#include "tests/servers/running_server.h"

namespace sockmark {

// Each test starts a server of its own. However the test went about it, the
// server has to end well: in time, with status 0, with no process left behind,
// and without a word on stderr (such as a sanitizer's).
class ServerTest : public testing::TestWithParam<ListedModel> {
 protected:
  RunningServer& start(const std::vector<std::string>& options = {}) {
    return server_.emplace(command_line(GetParam(), options));
  }

  Client connect() { return Client(server_->port()); }

  // By now all clients have left.
  void TearDown() override {
    if (!server_) return;
    if (!told_to_stop_) stop(SIGTERM);
    expect_good_end();
  }

  void stop(int signal) {
    told_to_stop_ = signal;
    server_->signal(signal);
  }

  void expect_good_end() {
    Child& process = server_->process();
#ifdef __SANITIZE_THREAD__
    // ThreadSanitizer delivers a signal only at the next call that it
    // intercepts: one that comes just before accept() blocks is lost.
    for (int i = 0; i < 5 && !process.wait_for(std::chrono::seconds(1)); ++i) {
      kill(-process.pid(), told_to_stop_);
    }
#endif
    const auto ending = process.wait_for(kPatience);
    ASSERT_TRUE(ending) << "it does not stop";
    EXPECT_TRUE(ending->clean()) << ending->describe();
    EXPECT_FALSE(process.group_exists()) << "it left processes behind";
    const std::string err = process.err();
    if (warning_.empty() || !err.starts_with(warning_)) {
      EXPECT_EQ(err, "");
    }
    EXPECT_EQ(process.out(),
              "listening 127.0.0.1:" + std::to_string(server_->port()) + "\n");
  }

  std::optional<RunningServer> server_;
  int told_to_stop_ = 0;  // the signal, once it was sent
  std::string warning_;   // that it may print, if a test provokes it
};

inline std::string name_of(const testing::TestParamInfo<ListedModel>& info) {
  return info.param.name;
}

}  // namespace sockmark
