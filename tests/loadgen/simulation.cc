#include "tests/loadgen/simulation.h"

#include <algorithm>

namespace sockmark {

void Simulation::schedule(Nanoseconds at, const Connection& connection,
                          std::function<void(Driver&, Connection&)> event) {
  const std::uint32_t index = connection.index;
  const std::uint32_t made = connection.made;
  events_.emplace(at, [=, this](Driver& driver) {
    Connection& target = driver.connection(index);
    const auto closed = closed_.find(index);
    const bool is_gone = target.made != made ||
                         (closed != closed_.end() && closed->second == made);
    if (!is_gone) event(driver, target);
  });
}

int Simulation::connect(Connection& connection) {
  ++connects_;
  const int error = listener_(now_);
  const Nanoseconds at = now_ + time_to_connect_;
  schedule(at, connection, [=](Driver& driver, Connection& target) {
    if (error != 0) {
      driver.failed_to_connect(target, error, at);
    } else {
      driver.connected(target, at);
    }
  });
  return 0;
}

int Simulation::send(Connection& connection) {
  const std::size_t requests =
      connection.exchange.output().size() / request_bytes_;
  connection.exchange.sent(connection.exchange.output().size(), now_);
  for (std::size_t i = 0; i < requests; ++i) {
    const Answer answer = server_(arrivals_.size(), now_);
    arrivals_.push_back(now_);
    schedule(answer.at, connection, [=](Driver& driver, Connection& target) {
      const std::uint32_t made = target.made;
      target.peer_is_gone = answer.ends;
      if (answer.error != 0)
        return driver.broken(target, answer.error, answer.at);
      if (!answer.bytes.empty())
        driver.received(target, answer.bytes, answer.at);
      const bool is_still = target.made == made && target.exists();
      if (answer.ends && is_still) driver.ended(target, answer.at);
    });
  }
  return 0;
}

void Simulation::close(Connection& connection) {
  closed_[connection.index] = connection.made;
}

Turn Simulation::wait(Nanoseconds until, Driver& driver) {
  const Nanoseconds next = events_.empty() ? until : events_.begin()->first;
  now_ = std::max(now_, std::min(until, next));
  Turn turn{.events = 0, .began = now_};
  while (!events_.empty() && events_.begin()->first <= now_) {
    const Event event = std::move(events_.begin()->second);
    events_.erase(events_.begin());
    event(driver);
    ++turn.events;
  }
  // A poll takes some time, too: else spinning would never end.
  if (turn.events == 0 && until <= now_) now_ += 1000;
  return turn;
}

}  // namespace sockmark
