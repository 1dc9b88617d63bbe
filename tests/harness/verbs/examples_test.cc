// The servers in examples/ are run as a user would run them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "harness/process/find_program.h"
#include "harness/server/listener_owner.h"
#include "harness/server/manifest.h"
#include "harness/server/server.h"
#include "harness/tool/tool.h"
#include "tests/harness/temporary_folder.h"
#include "tests/servers/patience.h"

namespace sockmark {
namespace {

const std::filesystem::path kManifest =
    std::filesystem::path(SOURCE_DIR) / "examples/servers.json";

// Which program has to be installed for it.
std::string program_of(const ServerSpec& spec) {
  return spec.name == "nginx" ? "nginx" : spec.command[0];
}

bool is_installed(const std::string& program) {
  return find_program(program) ||
         access(("/usr/sbin/" + program).c_str(), X_OK) == 0;
}

class Example : public testing::TestWithParam<std::string> {
 protected:
  ServerSpec spec() const {
    for (ServerSpec& server : read_manifest(kManifest)) {
      if (server.name != GetParam()) continue;
      server.ready_timeout = std::chrono::minutes(1);  // for slow machines
      server.stop_grace = std::chrono::minutes(1);
      server.env["TMPDIR"] = folder_.path().string();
      return server;
    }
    throw std::runtime_error("not in the manifest: " + GetParam());
  }

  TemporaryFolder folder_;
};

TEST_P(Example, BecomesReadyAndLeavesNothingBehind) {
  const ServerSpec server_spec = spec();
  if (!is_installed(program_of(server_spec))) {
    GTEST_SKIP() << program_of(server_spec) << " is not installed";
  }
  for (const bool keep_alive : {false, true}) {
    Workload workload;
    workload.keep_alive = keep_alive;
    Server server(server_spec, workload, {});
    try {
      server.await_ready();
    } catch (const TrialFailure& failure) {
      FAIL() << failure.what() << "\n" << server.stderr_tail();
    }
    EXPECT_GT(server.reply_bytes(), 13);
    EXPECT_FALSE(at_port(listening_sockets(), server.port()).empty());
    EXPECT_EQ(server.stop(), "") << server.stderr_tail();
    EXPECT_TRUE(at_port(listening_sockets(), server.port()).empty());
    EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
    EXPECT_EQ(server.stderr_tail(), "");
  }
}

std::vector<std::string> names() {
  std::vector<std::string> result;
  for (const ServerSpec& server : read_manifest(kManifest)) {
    result.push_back(server.name);
  }
  return result;
}

INSTANTIATE_TEST_SUITE_P(Examples, Example, testing::ValuesIn(names()),
                         [](const auto& name) {
                           std::string result = name.param;
                           for (char& c : result) c = c == '-' ? '_' : c;
                           return result;
                         });

}  // namespace
}  // namespace sockmark
