#include "micro/generator_runs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <numeric>
#include <random>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "harness/machine/cpus.h"
#include "harness/process/child.h"
#include "harness/server/server.h"
#include "harness/statistics/stats.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

using std::chrono::seconds;

// What strace shall count: all that moves bytes or waits until it can be done,
// by whatever name.
constexpr const char* kTraced =
    "trace=?epoll_wait,?epoll_pwait,?epoll_pwait2,?epoll_ctl,?poll,?ppoll,"
    "?select,?pselect6,?read,?readv,?recvfrom,?recvmsg,?write,?writev,?sendto,"
    "?sendmsg,?ioctl,?io_uring_enter";

struct Ended {
  std::string out;
  std::string err;
  rusage usage;
};

// One CPU each, so that neither takes the other's time. All empty when there
// is only one.
CpuPlan one_cpu_each() {
  CpuPlan plan = split_cpus();
  for (std::vector<int>* const cpus : {&plan.server, &plan.load}) {
    if (!cpus->empty()) *cpus = {cpus->front()};
  }
  return plan;
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) +
         static_cast<double>(time.tv_usec) / 1e6;
}

// Connections take time to open and to close, beside the measurement.
seconds patience_for(seconds duration, int connections) {
  return duration + seconds(5 + connections / 1000);
}

// `command` makes the generator's, from the server's URL.
Ended run_against_server(
    const std::function<std::vector<std::string>(const std::string&)>& command,
    std::uint64_t body_bytes, seconds patience) {
  const CpuPlan cpus = one_cpu_each();
  ServerSpec model;
  model.command = {SERVER_DIR "/epoll_et"};
  Workload workload;
  workload.body_bytes = body_bytes;
  Server server(model, workload, cpus.server);
  server.await_ready();
  Child generator({.argv = command(server.url()), .cpus = cpus.load});
  const auto ending = generator.wait_for(patience);
  if (!ending) {
    throw std::runtime_error(fmt::format(
        "does not come to its end within {} s: killed", patience.count()));
  }
  // loadgen gives its report even if it calls it invalid.
  const bool has_report = generator.out().starts_with('{');
  if (!ending->clean() && !has_report) {
    throw std::runtime_error(
        fmt::format("{}: {}", ending->describe(), last_line(generator.err())));
  }
  server.require_alive();
  return {
      .out = generator.out(), .err = generator.err(), .usage = ending->usage};
}

Ended run_contender(const Contender& contender, const Load& load,
                    const std::vector<std::string>& prefix) {
  const auto command = [&](const std::string& url) {
    std::vector<std::string> argv = prefix;
    argv.push_back(contender.program);
    const auto arguments = contender.arguments(load, url);
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    return argv;
  };
  return run_against_server(command, load.body_bytes,
                            patience_for(load.duration, load.connections));
}

Account account_of(const Contender& contender, const Load& load,
                   const std::string& out) {
  Account account = contender.read(out, load);
  if (account.requests <= 0) throw std::runtime_error("nothing was answered");
  return account;
}

// "100.00    0.213221           4     44182       143 total"
double total_calls(const std::string& table) {
  std::istringstream lines(table);
  for (std::string line; std::getline(lines, line);) {
    if (!line.ends_with(" total")) continue;
    std::istringstream words(line);
    std::string percent, time, each;
    double calls = 0;
    if (words >> percent >> time >> each >> calls) return calls;
  }
  throw std::runtime_error("strace: " + last_line(table));
}

double waits_per_request(const Runs& runs) {
  std::vector<double> values;
  for (const Run& run : runs.rounds) {
    values.push_back(*run.account.waits / run.account.requests);
  }
  return *median(values);
}

}  // namespace

Run run_once(const Contender& contender, const Load& load) {
  const Ended ended = run_contender(contender, load, {});
  return {.account = account_of(contender, load, ended.out),
          .cpu_seconds = seconds_of(ended.usage.ru_utime) +
                         seconds_of(ended.usage.ru_stime),
          .peak_bytes = 1024 * static_cast<double>(ended.usage.ru_maxrss)};
}

std::vector<Runs> run_rounds(const std::vector<Contender>& contenders,
                             const Load& load, int rounds) {
  std::vector<Runs> all;
  for (const Contender& contender : contenders) {
    all.push_back({.contender = &contender, .rounds = {}, .failure = ""});
  }
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), 0);
  std::mt19937 random(std::random_device{}());
  for (int round = 0; round < rounds; ++round) {
    std::shuffle(order.begin(), order.end(), random);
    for (const std::size_t which : order) {
      Runs& runs = all[which];
      if (!runs.failure.empty()) continue;
      try {
        runs.rounds.push_back(run_once(*runs.contender, load));
      } catch (const std::exception& failure) {
        runs.failure = failure.what();
      }
    }
  }
  return all;
}

double calls_per_request(const Runs& runs, Load load) {
  load.duration = seconds(1);
  const Contender& contender = *runs.contender;
  const Ended ended =
      run_contender(contender, load,
                    {"strace", "-f", "-c", "-e", kTraced, "-e", "signal=none"});
  const Account traced = account_of(contender, load, ended.out);
  const double calls = total_calls(ended.err);
  if (!traced.waits) return calls / traced.requests;
  return (calls - *traced.waits) / traced.requests + waits_per_request(runs);
}

std::string run_open_loop(const std::string& engine,
                          const std::vector<std::string>& options,
                          seconds duration) {
  const auto command = [&](const std::string& url) {
    std::vector<std::string> argv = loadgen_arguments(engine, options, url);
    argv.insert(argv.begin(), LOADGEN);
    return argv;
  };
  return run_against_server(command, Load{}.body_bytes,
                            patience_for(duration, 0))
      .out;
}

}  // namespace sockmark
