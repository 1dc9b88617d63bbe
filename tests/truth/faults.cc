// Claims about requests that fail: each is counted, once, for what it is.
#include <fmt/format.h>

#include <memory>

#include "tests/truth/claim.h"
#include "tests/truth/servers.h"

namespace sockmark {
namespace {

using namespace std::chrono_literals;

constexpr int kConnections = 16;

// At most so long after its time.
constexpr std::chrono::milliseconds kGrace(500);

std::string counts(const std::string& bucket, double failed, double completed,
                   double all) {
  return fmt::format("{} {} + {} good of {}", failed, bucket, completed, all);
}

struct ScriptedFault {
  std::string what;
  std::string bucket;  // of the report's errors
  Fault fault;
};

bool hang_up(Peer&) { return false; }

Fault sends_and_resets(std::size_t bytes) {
  return [bytes](Peer& peer) {
    peer.send(std::string_view(kReply).substr(0, bytes));
    peer.reset();
    return false;
  };
}

Fault sends_and_hangs(std::size_t bytes) {
  return [bytes](Peer& peer) {
    peer.send(std::string_view(kReply).substr(0, bytes));
    peer.hang();
    return false;
  };
}

Fault sends(const std::string& bytes, bool goes_on) {
  return [bytes, goes_on](Peer& peer) {
    peer.send(bytes);
    return goes_on;
  };
}

std::vector<ScriptedFault> scripted_faults() {
  const std::string short_reply = kReply.substr(0, kReply.size() - 1);
  const std::string unavailable =
      "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";
  const std::string wrong_body =
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhallo";
  return {
      {"reset before the reply", "reset", sends_and_resets(0)},
      {"reset behind its first byte", "reset", sends_and_resets(1)},
      {"reset in its head", "reset", sends_and_resets(20)},
      {"reset before its last byte", "reset",
       sends_and_resets(short_reply.size())},
      {"closed before the reply", "closed", hang_up},
      {"closed before its last byte", "closed", sends(short_reply, false)},
      {"no reply at all", "timeout", sends_and_hangs(0)},
      {"a reply that stalls", "timeout", sends_and_hangs(short_reply.size())},
      {"no HTTP", "parse", sends("hello, who is there?\r\n\r\n", false)},
      {"status 503", "status", sends(unavailable, true)},
      {"another body", "body", sends(wrong_body, true)},
  };
}

std::vector<Finding> each_tenth_fails(const Generator& generator) {
  std::vector<Finding> findings;
  for (const auto& [what, bucket, fault] : scripted_faults()) {
    FaultLog log;
    const ScriptedServer server(fails_every_tenth(fault, log));
    const Report report = generator.run(
        server.port(), {"-c", std::to_string(kConnections), "-n", "300", "-d",
                        "10s", "--timeout", "100ms", "--expect-body", "hello"});
    const auto all = static_cast<double>(log.requests);
    const auto failed = static_cast<double>(log.faults);
    findings.push_back(
        same(what, counts(bucket, failed, all - failed, all),
             counts(bucket, report.at("/requests/errors/" + bucket),
                    report.at("/requests/completed"),
                    report.at("/requests/started"))));
  }
  return findings;
}

std::vector<Finding> nobody_listens(const Generator& generator) {
  const Report report = generator.run(closed_port(), {"-d", "1s"});
  return {
      same("exit status", "1", std::to_string(report.exit_status())),
      same("says why", "yes",
           report.err().find("refused") != std::string::npos ? "yes" : "no"),
      time_at_most("took", static_cast<double>(report.took().count()),
                   1s + kGrace),
  };
}

const std::vector<std::string> kTwoSeconds = {
    "-c", std::to_string(kConnections), "-d", "2s"};

Finding takes_two_seconds(const Report& report) {
  return time_within("took", static_cast<double>(report.took().count()), 2s,
                     kGrace);
}

// Each connection may try again after some time, and later each time.
std::vector<Finding> unstormed(const Report& report) {
  constexpr std::uint64_t kTriesIn2s = 30;
  constexpr std::uint64_t kMost = kConnections * kTriesIn2s;
  return {count_at_most("connections opened", report.at("/connections/opened"),
                        kMost),
          count_at_most("connections refused",
                        report.at("/requests/errors/connect"), kMost),
          takes_two_seconds(report)};
}

// Serves a thousand requests, and then is gone.
std::vector<Finding> gone_server(const Generator& generator) {
  Places places(1000);
  std::unique_ptr<ScriptedServer> server;
  server = std::make_unique<ScriptedServer>([&](Peer& peer) {
    while (peer.read_request()) {
      if (!places.take()) return server->stop_accepting();
      peer.send(kReply);
    }
  });
  const Report report = generator.run(server->port(), kTwoSeconds);
  std::vector<Finding> findings = unstormed(report);
  findings.push_back(same("completed", "1000",
                          fmt::format("{}", report.at("/requests/completed"))));
  return findings;
}

std::vector<Finding> hangs_up_at_once(const Generator& generator) {
  const ScriptedServer server([](Peer&) {});
  return unstormed(generator.run(server.port(), kTwoSeconds));
}

std::vector<Finding> never_replies(const Generator& generator) {
  const ScriptedServer server([](Peer& peer) { peer.hang(); });
  const Report report = generator.run(server.port(), kTwoSeconds);
  return {same("in flight", std::to_string(kConnections),
               fmt::format("{}", report.at("/requests/in_flight"))),
          takes_two_seconds(report)};
}

}  // namespace

std::vector<Claim> fault_claims() {
  return {
      {"each_tenth_fails", each_tenth_fails},
      {"nobody_listens", nobody_listens},
      {"gone_server", gone_server},
      {"hangs_up_at_once", hangs_up_at_once},
      {"never_replies", never_replies},
  };
}

}  // namespace sockmark
