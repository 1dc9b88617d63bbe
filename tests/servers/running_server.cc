#include "tests/servers/running_server.h"

#include <charconv>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string_view>
#include <thread>

#include "lib/error.h"
#include "tests/servers/client.h"

namespace sockmark {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::string_view kReady = "listening 127.0.0.1:";

// Asks until `condition` holds. Whether it did in time.
template <typename Condition>
bool eventually(const Condition& condition) {
  const auto deadline = steady_clock::now() + kPatience;
  while (!condition()) {
    if (steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(milliseconds(1));
  }
  return true;
}

// Of a process in /proc; 0 if it has gone.
pid_t group_of(const std::filesystem::path& process) {
  std::ifstream file(process / "stat");
  std::string line;
  std::getline(file, line);
  // `pid (name) state parent group ...`, and a name may hold anything.
  int parent = 0;
  int group = 0;
  char state = 0;
  const auto name_end = line.rfind(')');
  if (name_end == std::string::npos ||
      std::sscanf(line.c_str() + name_end + 1, " %c %d %d", &state, &parent,
                  &group) != 3) {
    return 0;
  }
  return group;
}

std::size_t entries_of(const std::filesystem::path& directory) {
  std::error_code gone;
  const std::filesystem::directory_iterator entries(directory, gone);
  return static_cast<std::size_t>(
      std::distance(begin(entries), std::filesystem::directory_iterator()));
}

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
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string name = entry.path().filename();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    if (group_of(entry.path()) != process_.pid()) continue;
    sum += 1 + entries_of(entry.path() / "fd");
  }
  return sum;
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

void RunningServer::signal(int number) {
  check(kill(-process_.pid(), number), "kill");
}

}  // namespace sockmark
