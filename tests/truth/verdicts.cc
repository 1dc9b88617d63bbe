// Claims about what loadgen thinks of its own figures.
#include <memory>
#include <thread>

#include "tests/servers/running_server.h"
#include "tests/truth/claim.h"
#include "tests/truth/cpu.h"
#include "tests/truth/servers.h"

namespace sockmark {
namespace {

using namespace std::chrono_literals;

// Computes on the generator's processors as long as it lives.
class Hog {
 public:
  explicit Hog(const std::vector<int>& cpus)
      : spinning_([&cpus](const std::stop_token& stop) {
          run_on(cpus);
          while (!stop.stop_requested()) {
          }
        }) {}

 private:
  std::jthread spinning_;
};

const std::vector<std::string> kClosedLoop = {"-c", "64", "-d", "2s"};

std::vector<std::string> at_rate(const std::string& rate) {
  return {"-c", "64", "-d", "2s", "--rate", rate};
}

std::vector<Finding> clean_run(const Generator& generator) {
  ServiceTimes times;
  const PunctualServer server(5ms, times);
  return {trusted("a server that takes 5 ms",
                  generator.run(server.port(), {"-c", "4", "-d", "2s"}))};
}

std::vector<Finding> clean_rate(const Generator& generator) {
  RunningServer server({SERVER_DIR "/epoll_lt"});
  return {trusted("1000 requests per second",
                  generator.run(server.port(), at_rate("1000")))};
}

std::vector<Finding> hog(const Generator& generator) {
  RunningServer server({SERVER_DIR "/epoll_lt"});
  const Hog hog(generator.cpus());
  return {doubted("another program on its core",
                  generator.run(server.port(), kClosedLoop),
                  {"core", "processor", "CPU"})};
}

std::vector<Finding> hog_at_rate(const Generator& generator) {
  RunningServer server({SERVER_DIR "/epoll_lt"});
  const Hog hog(generator.cpus());
  return {doubted("another program, at a rate",
                  generator.run(server.port(), at_rate("5000")),
                  {"late", "core", "processor", "CPU"})};
}

// It can reply 200 times a second.
std::vector<Finding> excessive_rate(const Generator& generator) {
  RunningServer server({SERVER_DIR "/epoll_lt", "--work", "sleep:5ms"});
  return {doubted("ten times the server's rate",
                  generator.run(server.port(), at_rate("2000")), {"rate"})};
}

// A server that serves 32 connections, and does that to each other.
Report half_served(const Generator& generator,
                   void (*otherwise)(ScriptedServer&, Peer&)) {
  Places places(32);
  std::unique_ptr<ScriptedServer> server;
  server = std::make_unique<ScriptedServer>([&](Peer& peer) {
    if (!peer.read_request()) return;
    if (!places.take()) return otherwise(*server, peer);
    do peer.send(kReply);
    while (peer.read_request());
  });
  return generator.run(server->port(), kClosedLoop);
}

std::vector<Finding> half_refused(const Generator& generator) {
  const Report report =
      half_served(generator, [](ScriptedServer& server, Peer& peer) {
        server.stop_accepting();
        peer.reset();
      });
  return {doubted("half of the connections refused", report, {"connections"})};
}

std::vector<Finding> half_ignored(const Generator& generator) {
  const Report report =
      half_served(generator, [](ScriptedServer&, Peer& peer) { peer.hang(); });
  return {doubted("half never served", report, {"never got an answer"})};
}

}  // namespace

std::vector<Claim> verdict_claims() {
  return {
      {"clean_run", clean_run},
      {"clean_rate", clean_rate, true},
      {"hog", hog},
      {"hog_at_rate", hog_at_rate, true},
      {"excessive_rate", excessive_rate, true},
      {"half_refused", half_refused},
      {"half_ignored", half_ignored},
  };
}

}  // namespace sockmark
