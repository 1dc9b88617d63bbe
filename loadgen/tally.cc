#include "loadgen/tally.h"

#include <algorithm>

namespace sockmark {

void Tally::restart() {
  Tally fresh;
  fresh.started = fresh.in_flight = in_flight;
  fresh.connections_opened = fresh.connections_open = connections_open;
  fresh.lifetime = lifetime;
  fresh.series.reserve(series.capacity());
  *this = std::move(fresh);
}

void Lifetime::merge(const Lifetime& other) {
  requests_started += other.requests_started;
  answers += other.answers;
  connections_opened += other.connections_opened;
}

void OpenLoop::merge(const OpenLoop& other) {
  planned += other.planned;
  unsent += other.unsent;
  queued += other.queued;
  backlog_peak += other.backlog_peak;
  lateness.merge(other.lateness);
}

void GeneratorUse::merge(const GeneratorUse& other) {
  cpu += other.cpu;
  spun += other.spun;
  if (run_delay && other.run_delay) {
    *run_delay += *other.run_delay;
  } else {
    run_delay.reset();
  }
  busiest_thread = std::max(busiest_thread, other.busiest_thread);
  most_delayed_thread =
      std::max(most_delayed_thread, other.most_delayed_thread);
  waits += other.waits;
}

void Tally::merge(const Tally& other) {
  started += other.started;
  completed += other.completed;
  in_flight += other.in_flight;
  for (const auto& [name, kind] : kErrorKinds) {
    errors.*kind += other.errors.*kind;
  }
  for (const auto& [name, cause] : kErrorCauses) {
    causes.*cause += other.causes.*cause;
  }
  connections_opened += other.connections_opened;
  connections_open += other.connections_open;
  closed_by_server += other.closed_by_server;
  closed_by_client += other.closed_by_client;
  connections_served += other.connections_served;
  connections_average += other.connections_average;
  bytes_sent += other.bytes_sent;
  bytes_received += other.bytes_received;
  total.merge(other.total);
  service.merge(other.service);
  connect.merge(other.connect);
  send.merge(other.send);
  first_byte.merge(other.first_byte);
  series.resize(std::max(series.size(), other.series.size()));
  for (std::size_t i = 0; i < other.series.size(); ++i) {
    series[i].completed += other.series[i].completed;
    series[i].errors += other.series[i].errors;
  }
  open_loop.merge(other.open_loop);
  time_in_flight += other.time_in_flight;
  in_flight_average += other.in_flight_average;
  oldest_in_flight = std::max(oldest_in_flight, other.oldest_in_flight);
  lifetime.merge(other.lifetime);
  measured = std::max(measured, other.measured);
  timestamp_error = std::max(timestamp_error, other.timestamp_error);
  generator.merge(other.generator);
  if (last_local_error.empty()) last_local_error = other.last_local_error;
}

}  // namespace sockmark
