#include "loadgen/burst.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <vector>

#include "lib/error.h"
#include "lib/fd.h"
#include "loadgen/burst_client.h"
#include "loadgen/clock.h"
#include "loadgen/descriptors.h"
#include "loadgen/interrupt.h"
#include "loadgen/shared_array.h"

namespace sockmark {
namespace {

// More than counting what stands takes.
constexpr Nanoseconds kGrace = 5'000'000'000;

struct PipeEnds {
  Fd read;
  Fd write;
};

PipeEnds make_pipe() {
  std::array<int, 2> ends{};
  check(pipe2(ends.data(), O_CLOEXEC), "cannot create a pipe");
  return {.read = Fd(ends[0]), .write = Fd(ends[1])};
}

// The client processes. None survives it.
class Clients {
 public:
  Clients(const BurstSpec& spec, const Address& address)
      : spec_(spec),
        address_(address),
        records_(spec.clients),
        connect_times_(spec.clients * spec.connections) {}
  ~Clients() { end_all(); }

  BurstResult run();

 private:
  void start();
  [[noreturn]] void be_client(std::size_t number, pid_t parent);
  bool any_stands() const;
  template <typename Condition>
  void wait(Nanoseconds limit, const Condition& enough);
  void end_all();
  void sum_up();

  const BurstSpec& spec_;
  const Address& address_;
  const SharedArray<BurstRecord> records_;
  const SharedArray<Nanoseconds> connect_times_;
  const Nanoseconds start_ = monotonic_now();
  PipeEnds up_ = make_pipe();
  PipeEnds hold_ = make_pipe();
  std::vector<pid_t> pids_;
  std::size_t ups_ = 0;
  BurstResult result_;
};

BurstResult Clients::run() {
  start();
  const auto interrupted = [] { return interrupted_by() != 0; };
  wait(spec_.timeout.count() + kGrace,
       [&] { return ups_ == pids_.size() || interrupted(); });
  if (any_stands()) wait(spec_.hold.count(), interrupted);
  hold_.write.reset();
  wait(kGrace, [] { return false; });
  end_all();
  sum_up();
  return std::move(result_);
}

void Clients::start() {
  const pid_t parent = getpid();
  for (std::size_t i = 0; i < spec_.clients && interrupted_by() == 0; ++i) {
    const pid_t pid = fork();
    if (pid == 0) be_client(i, parent);
    if (pid < 0) {
      result_.fork_error = errno;
      break;
    }
    pids_.push_back(pid);
  }
  up_.write.reset();
  result_.started = pids_.size();
  result_.not_started = spec_.clients - result_.started;
  if (result_.fork_error != 0 && pids_.empty()) {
    throw_errno("cannot start a client process", result_.fork_error);
  }
}

void Clients::be_client(std::size_t number, pid_t parent) {
  try {
    check(prctl(PR_SET_PDEATHSIG, SIGKILL), "PR_SET_PDEATHSIG");
    if (getppid() != parent) _exit(EXIT_FAILURE);  // it died before that
    hold_.write.reset();
    up_.read.reset();
    run_burst_client(spec_, address_, number,
                     {.up = up_.write.get(), .hold = hold_.read.get()},
                     records_.items()[number],
                     connect_times_.items().subspan(number * spec_.connections,
                                                    spec_.connections));
    _exit(EXIT_SUCCESS);
  } catch (const std::exception& failure) {
    std::cerr << "loadgen: client " << number << ": " << failure.what() << '\n';
    _exit(EXIT_FAILURE);
  }
}

// Counts who is up, until the limit, until it is enough or all have ended.
template <typename Condition>
void Clients::wait(Nanoseconds limit, const Condition& enough) {
  constexpr Nanoseconds kTick = 50'000'000;  // to notice a signal by
  constexpr Nanoseconds kMillisecond = 1'000'000;
  const Nanoseconds end = monotonic_now() + limit;
  for (Nanoseconds now = monotonic_now(); now < end && !enough();
       now = monotonic_now()) {
    pollfd up{.fd = up_.read.get(), .events = POLLIN, .revents = 0};
    const Nanoseconds left = std::min(end - now, kTick) + kMillisecond - 1;
    if (poll(&up, 1, static_cast<int>(left / kMillisecond)) <= 0) continue;
    std::array<char, 4096> bytes;
    const ssize_t size = read(up_.read.get(), bytes.data(), bytes.size());
    if (size == 0) return;
    if (size > 0) ups_ += static_cast<std::size_t>(size);
  }
}

bool Clients::any_stands() const {
  return std::ranges::any_of(records_.items(), [](const BurstRecord& record) {
    return record.count.connects.established > 0;
  });
}

void Clients::end_all() {
  for (const pid_t pid : pids_) kill(pid, SIGKILL);
  for (const pid_t pid : pids_) {
    while (waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  pids_.clear();
}

void Clients::sum_up() {
  const auto started = records_.items().first(result_.started);
  Nanoseconds last_established_at = start_;
  for (std::size_t i = 0; i < started.size(); ++i) {
    const BurstRecord& record = started[i];
    if (!record.complete) ++result_.died;
    result_.count.add(record.count);
    last_established_at =
        std::max(last_established_at, record.last_established_at);
    const auto times = connect_times_.items()
                           .subspan(i * spec_.connections)
                           .first(record.count.connects.established);
    result_.connect_times.insert(result_.connect_times.end(), times.begin(),
                                 times.end());
  }
  Connects& connects = result_.count.connects;
  connects.requested = spec_.clients * spec_.connections;
  if (connects.established == connects.requested) {
    result_.all_up_after = last_established_at - start_;
  }
  result_.elapsed = monotonic_now() - start_;
  result_.interrupted_by = interrupted_by();
}

}  // namespace

void BurstCount::add(const BurstCount& other) {
  connects.add(other.connects);
  requests_sent += other.requests_sent;
  answered += other.answered;
  closed_by_server += other.closed_by_server;
  reset += other.reset;
}

BurstResult burst(const BurstSpec& spec) {
  const Address address = resolve(spec.target);
  constexpr std::size_t kEpollAndPipes = 5;
  require_descriptors(spec.connections, kEpollAndPipes);
  return Clients(spec, address).run();
}

}  // namespace sockmark
