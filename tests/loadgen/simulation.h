// A network and a server that exist only on a clock of their own: what takes
// ten seconds there takes none here, and is the same each time.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "loadgen/driver.h"
#include "loadgen/engine.h"
#include "loadgen/request.h"

namespace sockmark {

class Simulation final : public Engine {
 public:
  // What comes back at a time; nothing, if `bytes` is empty and it is no end.
  struct Answer {
    Nanoseconds at = 0;
    std::string bytes;
    bool ends = false;  // with an end of file behind the bytes
    int error = 0;      // or instead of them
  };
  // What the server makes of the request number `count`, from 0, that reached
  // it at `now`.
  using Server = std::function<Answer(std::uint64_t count, Nanoseconds now)>;
  // 0, or the errno with which connecting fails.
  using Listener = std::function<int(Nanoseconds now)>;

  Simulation(const LoadSpec& spec, Server server)
      : request_bytes_(build_request(spec).size()),
        server_(std::move(server)) {}

  void set_listener(Listener listener) { listener_ = std::move(listener); }
  void set_time_to_connect(Nanoseconds time) { time_to_connect_ = time; }
  std::uint64_t connects() const { return connects_; }
  // When each request reached the server.
  const std::vector<Nanoseconds>& arrivals() const { return arrivals_; }

  Nanoseconds now() override { return now_; }
  int connect(Connection& connection) override;
  int send(Connection& connection) override;
  void close(Connection& connection) override;
  Turn wait(Nanoseconds until, Driver& driver) override;

 private:
  using Event = std::function<void(Driver&)>;

  void schedule(Nanoseconds at, const Connection& connection,
                std::function<void(Driver&, Connection&)> event);

  const std::size_t request_bytes_;
  Server server_;
  Listener listener_ = [](Nanoseconds) { return 0; };
  Nanoseconds now_ = 0;
  Nanoseconds time_to_connect_ = 0;
  std::multimap<Nanoseconds, Event> events_;
  std::map<std::uint32_t, std::uint32_t> closed_;  // index: made
  std::vector<Nanoseconds> arrivals_;
  std::uint64_t connects_ = 0;
};

}  // namespace sockmark
