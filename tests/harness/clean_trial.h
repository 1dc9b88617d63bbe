// A trial that no check has anything against.
#pragma once

#include <string>

#include "tests/harness/synthetic.h"

namespace sockmark {

// Of 5 s on two CPUs, by the tool: 50,000 answers of 78 bytes.
inline TrialRecord clean_trial(const std::string& tool = "loadgen") {
  constexpr std::int64_t kSecond = 1'000'000'000;
  TrialRecord trial = synthetic_trial("epoll_lt", Figures());
  trial.workload.tool = tool;
  trial.workload.duration_ns = 5 * kSecond;
  trial.server.reply_bytes = 78;
  trial.machine = {.window_ns = 5 * kSecond,
                   .cpus = 2,
                   .foreign_cpu_ns = kSecond / 100,
                   .steal_ns = 0,
                   .cpu_pressure = 0.9,
                   .listen_overflows = 12,
                   .listen_drops = 12,
                   .retransmitted_segments = {},
                   .time_wait_sockets = {}};
  LoadResult& load = *trial.load;
  load.completed = 50'000;
  load.bytes_received = 50'000 * 78;
  load.lifetime_answers = 60'000;
  load.lifetime_connections = 64;
  load.latency.mean = 64 / 10'000.0 * 1e9;
  trial.server_counts = {.connections_accepted = 64,
                         .requests_answered = 60'000};
  trial.resources.leaked = {
      .fds = 0, .threads = 0, .processes = 0, .zombies = 0};
  if (tool != "loadgen") {
    load.lifetime_answers.reset();
    load.lifetime_connections.reset();
    load.connections_served.reset();
    trial.server_counts->requests_answered = 50'000;
  }
  return trial;
}

}  // namespace sockmark
