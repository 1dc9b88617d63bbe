// A run of each engine against a scripted server, checked for what every run
// must keep to.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "loadgen/clock.h"
#include "loadgen/driver.h"
#include "loadgen/engine.h"
#include "tests/loadgen/ledger.h"
#include "tests/loadgen/scripted_server.h"

namespace sockmark {

inline const std::string kReply =
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
inline const std::string kReplyAndClose =
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello";
inline const std::string kReplyToTheEnd = "HTTP/1.0 200 OK\r\n\r\nhello";

// Only turns a hang into a failure: most runs take less than 0.3 s.
inline constexpr std::chrono::seconds kPatience(10);

class EngineTest : public testing::TestWithParam<EngineKind> {
 protected:
  EngineTest() {
    spec_.engine = GetParam();
    spec_.connections = 4;
    spec_.duration = kPatience;
    spec_.timeout = kPatience;
  }

  Tally run_on_port(std::uint16_t port) {
    spec_.target.host = "127.0.0.1";
    spec_.target.port = port;
    const Address address = resolve(spec_.target);
    const Share share{.connections = spec_.connections,
                      .max_connections = spec_.max_connections.value_or(0),
                      .requests = spec_.requests};
    const auto engine = make(address, share.most_connections());
    Driver driver(spec_, share, *engine);
    const Nanoseconds start = monotonic_now() + spec_.warmup.count();
    const Tally tally = driver.run(
        {.start = start, .end = start + spec_.duration.count()}, stop_);
    expect_ledger_adds_up(tally);
    EXPECT_LT(monotonic_now() - start - spec_.duration.count(),
              std::chrono::nanoseconds(kPatience).count())
        << "the run did not end on time";
    return tally;
  }

  virtual std::unique_ptr<Engine> make(const Address& address,
                                       std::uint32_t count) {
    return make_engine(spec_, address, 0, count);
  }

  Tally run_against(ScriptedServer::Script script) {
    const ScriptedServer server(std::move(script));
    return run_on_port(server.port());
  }

  // So many requests; all end in `kind`.
  Tally expect_all(ErrorKind kind, ScriptedServer::Script script) {
    spec_.requests = 20;
    const Tally tally = run_against(std::move(script));
    EXPECT_EQ(tally.started, 20);
    EXPECT_EQ(tally.errors.*kind, 20);
    EXPECT_EQ(tally.errors.total(), 20);
    return tally;
  }

  void expect_all_complete(const Tally& tally) const {
    EXPECT_EQ(tally.started, spec_.requests);
    EXPECT_EQ(tally.completed, spec_.requests);
    EXPECT_EQ(tally.errors.total(), 0);
  }

  std::uint64_t connections() const {
    return static_cast<std::uint64_t>(spec_.connections);
  }

  LoadSpec spec_;
  std::atomic<bool> stop_ = false;
};

// Both, or what is left where the kernel has no io_uring.
inline std::vector<EngineKind> engines() {
  std::string note;
  const EngineKind best = choose_engine(EngineKind::uring, note);
  if (best == EngineKind::epoll) return {best};
  return {EngineKind::epoll, best};
}

inline std::string name_of(const testing::TestParamInfo<EngineKind>& info) {
  return to_string(info.param);
}

}  // namespace sockmark
