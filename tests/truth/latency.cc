// Claims about what a request took.
#include <csignal>
#include <thread>

#include "tests/servers/running_server.h"
#include "tests/truth/claim.h"
#include "tests/truth/servers.h"

namespace sockmark {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;
using std::chrono::steady_clock;

std::vector<Finding> slow_replies(const Generator& generator) {
  ServiceTimes truth;
  const PunctualServer server(5ms, truth);
  const Report report = generator.run(server.port(), {"-c", "4", "-d", "2s"});
  return {time_within("service p50, of the server's own",
                      report.at("/service_ns/p50"), truth.median(), 100us)};
}

// A number of requests and not a time: at the end of a time, those under way
// are mostly late ones, and are not counted.
std::vector<Finding> late_replies(const Generator& generator) {
  ServiceTimes truth;
  const ScriptedServer server(answers_after(
      [](std::uint64_t i) { return i % 10 == 9 ? nanoseconds(1s) : 0s; },
      truth));
  const Report report =
      generator.run(server.port(), {"-c", "50", "-n", "2000", "-d", "30s"});
  const nanoseconds mean = truth.mean();
  return {time_within("mean, a tenth being 1 s late",
                      report.at("/latency_ns/mean"), mean, mean / 100)};
}

// Those due while the server is stopped wait for 0 to 1 s, and are a fifth of
// all.
std::vector<Finding> stopped_server(const Generator& generator) {
  RunningServer server({SERVER_DIR "/epoll_lt"});
  const std::jthread stopping([&, start = steady_clock::now()] {
    std::this_thread::sleep_until(start + 2s);
    server.signal(SIGSTOP);
    std::this_thread::sleep_until(start + 3s);
    server.signal(SIGCONT);
  });
  const Report report =
      generator.run(server.port(), {"-c", "64", "--rate", "1000", "-d", "5s"});
  return {
      time_within("p90, stopped for 1 s of 5", report.at("/latency_ns/p90"),
                  500ms, 50ms),
      time_within("p99", report.at("/latency_ns/p99"), 950ms, 30ms),
      time_at_least("max", report.at("/latency_ns/max"), 990ms),
      time_within("mean", report.at("/latency_ns/mean"), 100ms, 10ms),
      time_at_most("p50 of the same", report.at("/latency_ns/p50"), 5ms),
      time_at_most("service p50: does not see it", report.at("/service_ns/p50"),
                   5ms),
  };
}

// The kernel completes the connection before the server accepts it.
std::vector<Finding> late_accept(const Generator& generator) {
  const auto measure = [&](nanoseconds delay) {
    const LateAccepter server(delay);
    return generator.run(server.port(), {"--close", "-c", "1", "-d", "2s"});
  };
  const Report prompt = measure(0ms);
  const Report late = measure(5ms);
  const auto moved = [&](const std::string& phase) {
    const std::string path = "/phases_ns/" + phase + "/p50";
    return time_within(phase + " p50 moves", late.at(path) - prompt.at(path),
                       phase == "connect" || phase == "send" ? 0ms : 5ms,
                       250us);
  };
  return {moved("connect"), moved("send"), moved("first_byte"), moved("total")};
}

}  // namespace

std::vector<Claim> latency_claims() {
  return {
      {"slow_replies", slow_replies},
      {"late_replies", late_replies},
      {"stopped_server", stopped_server, true},
      {"late_accept", late_accept},
  };
}

}  // namespace sockmark
