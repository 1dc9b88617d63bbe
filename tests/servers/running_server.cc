#include "tests/servers/running_server.h"

#include <charconv>
#include <csignal>
#include <stdexcept>
#include <string_view>
#include <thread>

#include "lib/error.h"
#include "tests/servers/patience.h"
#include "tests/servers/process_group.h"

namespace sockmark {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view kReady = "listening 127.0.0.1:";

// Long enough to tell a loop that spins from one that sleeps.
constexpr milliseconds kObserved(60);

}  // namespace

std::vector<std::string> command_line(const ListedModel& model,
                                      const std::vector<std::string>& options) {
  std::vector<std::string> argv = model.command;
  argv.front().insert(0, SERVER_DIR "/");
  argv.insert(argv.end(), options.begin(), options.end());
  return argv;
}

RunningServer::RunningServer(const std::vector<std::string>& argv)
    : process_({.argv = argv, .cpus = {}}) {
  eventually([this] {
    return process_.out().find('\n') != std::string::npos ||
           process_.wait_for(milliseconds(0));
  });
  const std::string line = process_.out();
  if (!line.starts_with(kReady)) {
    throw std::runtime_error("not ready: '" + line + "' " + process_.err());
  }
  std::from_chars(line.data() + kReady.size(), line.data() + line.size(),
                  port_);
}

std::size_t RunningServer::footprint() const {
  std::size_t sum = 0;
  for (const pid_t process : processes_of_group(process_.pid())) {
    sum += 1 + open_descriptors(process);
  }
  return sum;
}

bool RunningServer::comes_to_rest() const {
  return eventually([this] {
    const auto before = cpu_time_of_group(process_.pid());
    std::this_thread::sleep_for(kObserved);
    return cpu_time_of_group(process_.pid()) - before < kObserved / 10;
  });
}

std::size_t RunningServer::settled_footprint() const {
  constexpr int kEnough = 10;
  std::size_t last = footprint();
  for (int alike = 0; alike < kEnough;) {
    std::this_thread::sleep_for(milliseconds(5));
    const std::size_t now = footprint();
    alike = now == last ? alike + 1 : 0;
    last = now;
  }
  return last;
}

bool RunningServer::shrinks_back_to(std::size_t before) const {
  return eventually([&] { return footprint() <= before; });
}

bool RunningServer::ends_by_itself() {
  return eventually([this] {
    return process_.wait_for(milliseconds(0)) && !process_.tree_exists();
  });
}

void RunningServer::signal(int number) {
  check(kill(-process_.pid(), number), "kill");
}

}  // namespace sockmark
