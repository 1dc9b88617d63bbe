// The load generator's verbs as processes: what they report, how they end.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "harness/process/child.h"
#include "tests/loadgen/scripted_server.h"
#include "tests/servers/patience.h"
#include "tests/servers/process_group.h"
#include "tests/servers/ran.h"

namespace sockmark {

using Words = std::vector<std::string>;

inline const std::string kLoadgen = BUILD_DIR "/bin/loadgen";
inline const std::string kServer = SERVER_DIR "/epoll_lt";
inline const std::string kReply =
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

inline Words joined(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

inline std::string url_of(std::uint16_t port,
                          const std::string& scheme = "http") {
  return scheme + "://127.0.0.1:" + std::to_string(port);
}

// With its report on stdout.
inline Words loadgen_argv(const Words& arguments) {
  return joined(joined({kLoadgen}, arguments), {"--json", "-"});
}

// With its limit on descriptors set by `ulimit -n`, -S for the soft one.
inline Words with_descriptors(const std::string& limit, const Words& argv) {
  return joined({"/bin/sh", "-c", "ulimit " + limit + " && exec \"$@\"", "sh"},
                argv);
}

// Runs it, and what it reports. It has to end by itself with this status.
inline nlohmann::json report_of(const Words& arguments, int status = 0) {
  const Ran ran = run_to_end(loadgen_argv(arguments));
  EXPECT_EQ(ran.status, status) << ran.err;
  EXPECT_TRUE(is_one_line(ran.out)) << ran.out;
  return nlohmann::json::parse(ran.out, nullptr, false);
}

// As many connections as it cannot have descriptors for. It has to say so and
// to leave the server alone.
inline void expect_to_need_descriptors(const Words& verb) {
  std::atomic<int> accepted = 0;
  const ScriptedServer server([&](Peer&) { ++accepted; });
  const Ran ran = run_to_end(with_descriptors(
      "-n 40", loadgen_argv(joined(verb, {url_of(server.port())}))));
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.out, "");
  EXPECT_TRUE(is_one_line(ran.err)) << ran.err;
  EXPECT_NE(ran.err.find("ulimit -n"), std::string::npos) << ran.err;
  EXPECT_EQ(accepted, 0);
}

// One that a test ends when it has seen enough.
class RunningVerb {
 public:
  explicit RunningVerb(const Words& arguments)
      : process_({.argv = loadgen_argv(arguments), .cpus = {}}) {}

  Child& process() { return process_; }

  // Waits until all of its processes sleep: they have seen to what had
  // happened until then.
  bool comes_to_rest() const {
    return eventually([this] {
      return std::ranges::all_of(
          processes_of_group(process_.pid()),
          [](pid_t process) { return state_of(process) == 'S'; });
    });
  }

  // Waits until none of its processes is left.
  bool ends_by_itself() {
    return eventually([this] {
      return process_.wait_for(std::chrono::nanoseconds(0)) &&
             !process_.tree_exists();
    });
  }

  // Signals all of its processes, as a terminal does, and gives what it
  // reports.
  nlohmann::json interrupt(int signal = SIGINT) {
    kill(-process_.pid(), signal);
    const auto ending = process_.wait_for(kPatience);
    const bool exited = ending && WIFEXITED(ending->status);
    EXPECT_EQ(exited ? WEXITSTATUS(ending->status) : -1, 128 + signal);
    EXPECT_FALSE(process_.group_exists());
    return nlohmann::json::parse(process_.out(), nullptr, false);
  }

 private:
  Child process_;
};

// Every connect and every connection ends in exactly one way.
inline void expect_connections_add_up(const nlohmann::json& report) {
  const auto& connections = report["connections"];
  const auto sum = [&](const Words& names) {
    int total = 0;
    for (const std::string& name : names) total += connections[name].get<int>();
    return total;
  };
  EXPECT_EQ(sum({"requested"}), sum({"established", "refused", "timed_out",
                                     "local_failures", "unfinished"}));
  if (!connections.contains("open_at_end")) return;
  EXPECT_EQ(sum({"established"}), sum({"open_at_end", "closed_by_server",
                                       "reset", "closed_by_client"}));
}

}  // namespace sockmark
