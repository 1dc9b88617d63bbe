#include "tests/fuzz/siege.h"

#include <atomic>
#include <csignal>
#include <mutex>
#include <optional>
#include <thread>

#include "tests/fuzz/mutation.h"
#include "tests/fuzz/visit.h"
#include "tests/lib/replies.h"
#include "tests/servers/client.h"
#include "tests/servers/running_server.h"

namespace sockmark {
namespace {

using std::chrono::steady_clock;

constexpr std::uint64_t kClients = 3;  // at the same time

// The clients of one server. The first fault ends it for all of them.
class Clients {
 public:
  Clients(std::uint16_t port, const std::vector<Seed>& seeds,
          const Siege& siege)
      : port_(port),
        seeds_(seeds),
        seed_(siege.seed),
        end_(steady_clock::now() + siege.duration) {}

  Outcome attack() {
    std::vector<std::jthread> clients;
    for (std::uint64_t i = 0; i < kClients; ++i) {
      clients.emplace_back([this, i] { send_inputs(i); });
    }
    clients.clear();
    outcome_.inputs = inputs_;
    return outcome_;
  }

 private:
  // The first time, each client sends its share of the seeds as they are.
  void send_inputs(std::uint64_t client) {
    Random random(seed_ * kClients + client);
    for (std::uint64_t i = client; !over_ && steady_clock::now() < end_;
         i += kClients) {
      const std::string input =
          i < seeds_.size() ? seeds_[i].bytes : mutated(seeds_, random);
      std::string fault = fault_with(input, random);
      ++inputs_;
      if (!fault.empty()) give_up(std::move(fault), input);
    }
  }

  std::string fault_with(const std::string& input, Random& random) const {
    std::vector<std::string_view> pieces{input};
    if (below(2, random) == 0) pieces = cut(input, random);
    try {
      return fault_of(visit(port_, pieces), input, pieces.size());
    } catch (const std::exception& failed) {
      return failed.what();
    }
  }

  void give_up(std::string fault, const std::string& input) {
    const std::scoped_lock lock(mutex_);
    if (over_.exchange(true)) return;
    outcome_.fault = std::move(fault);
    outcome_.input = input;
  }

  std::uint16_t port_;
  const std::vector<Seed>& seeds_;
  std::uint64_t seed_;
  steady_clock::time_point end_;
  std::atomic<bool> over_ = false;
  std::atomic<std::uint64_t> inputs_ = 0;
  std::mutex mutex_;
  Outcome outcome_;  // under mutex_
};

std::string fault_afterwards(RunningServer& server, std::size_t footprint) {
  if (Client(server.port()).ask(kGet, reply().size()) != reply()) {
    return "no longer answers a plain GET";
  }
  if (!server.shrinks_back_to(footprint)) return "leaks what clients left";
  server.signal(SIGTERM);
  const auto ending = server.process().wait_for(kPatience);
  if (!ending) return "does not stop";
  if (!ending->clean()) return ending->describe();
  if (server.process().group_exists()) return "left processes behind";
  return server.process().err().empty() ? "" : "wrote to stderr";
}

}  // namespace

Outcome besiege(const ListedModel& model, const std::vector<Seed>& seeds,
                const Siege& siege) {
  Outcome outcome;
  std::optional<RunningServer> server;
  try {
    server.emplace(command_line(model, {}));
    Client(server->port()).ask(kGet, reply().size());
    const std::size_t footprint = server->settled_footprint();
    outcome = Clients(server->port(), seeds, siege).attack();
    if (outcome.fault.empty()) {
      outcome.fault = fault_afterwards(*server, footprint);
    }
  } catch (const std::exception& failed) {
    outcome.fault = failed.what();
  }
  if (server && !outcome.fault.empty()) {
    outcome.fault += "\n" + server->process().err();
  }
  return outcome;
}

}  // namespace sockmark
