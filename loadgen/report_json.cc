#include <array>
#include <chrono>
#include <nlohmann/json.hpp>
#include <utility>

#include "loadgen/engine.h"
#include "loadgen/hdr_codec.h"
#include "loadgen/report.h"
#include "loadgen/version.h"

namespace sockmark {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kSchemaVersion = 1;
constexpr std::array<std::pair<const char*, double>, 6> kPercentiles{{
    {"p50", 50},
    {"p90", 90},
    {"p99", 99},
    {"p99_9", 99.9},
    {"p99_99", 99.99},
    {"p99_999", 99.999},
}};

// Of nothing there are no figures, and no percentile of too little.
Json to_json(const Histogram& histogram, bool with_histogram) {
  Json json = {{"count", histogram.count()}};
  const bool any = histogram.count() > 0;
  const auto put = [&](const char* name, auto value) {
    json[name] = any ? Json(value) : Json(nullptr);
  };
  put("min", histogram.min());
  put("mean", histogram.mean());
  put("stdev", histogram.standard_deviation());
  for (const auto& [name, percent] : kPercentiles) {
    json[name] = histogram.supports(percent)
                     ? Json(histogram.percentile(percent))
                     : Json(nullptr);
  }
  put("max", histogram.max());
  if (with_histogram) put("histogram", encode_hdr_v2(histogram));
  return json;
}

Json to_json(const Errors& errors) {
  Json json;
  for (const auto& [name, kind] : kErrorKinds) json[name] = errors.*kind;
  return json;
}

Json to_json(const ErrorCauses& causes) {
  Json json;
  for (const auto& [name, cause] : kErrorCauses) json[name] = causes.*cause;
  return json;
}

// On average, of a rate that is not constant.
Json requested_rate(const LoadSpec& spec) {
  if (!spec.rate) return nullptr;
  const auto seconds = std::chrono::duration<double>(spec.duration).count();
  return spec.rate->arrivals_until(spec.duration.count()) / seconds;
}

Json requested(const LoadSpec& spec) {
  return {
      {"url", spec.target.url()},
      {"connections", spec.connections},
      {"threads", spec.threads},
      {"keep_alive", !spec.close},
      {"rate_per_second", requested_rate(spec)},
      {"rate", spec.rate ? Json(spec.rate_text) : Json(nullptr)},
      {"arrival", !spec.rate                             ? Json(nullptr)
                  : spec.arrival == ArrivalKind::poisson ? Json("poisson")
                                                         : Json("constant")},
      {"seed", spec.rate ? Json(spec.seed) : Json(nullptr)},
      {"pipeline", spec.pipeline},
      {"warmup_ns", spec.warmup.count()},
      {"duration_ns", spec.duration.count()},
      {"requests", spec.requests == 0 ? Json(nullptr) : Json(spec.requests)},
      {"timeout_ns", spec.timeout.count()}};
}

Json series(const Tally& tally) {
  Json rows = Json::array();
  Nanoseconds start = 0;
  for (const Interval& interval : tally.series) {
    rows.push_back({{"start_ns", start},
                    {"completed", interval.completed},
                    {"errors", interval.errors}});
    start += Tally::kIntervalNs;
  }
  return rows;
}

Json open_loop(const LoadSpec& spec, const Tally& tally) {
  if (!spec.rate) return nullptr;
  return {{"planned", tally.open_loop.planned},
          {"unsent", tally.open_loop.unsent},
          {"queued", tally.open_loop.queued},
          {"backlog_peak", tally.open_loop.backlog_peak}};
}

Json generator(const LoadSpec& spec, const Tally& tally) {
  return {{"cpu_ns", tally.generator.cpu},
          {"spun_ns", tally.generator.spun},
          {"run_delay_ns", tally.generator.run_delay
                               ? Json(*tally.generator.run_delay)
                               : Json(nullptr)},
          {"waits", tally.generator.waits},
          {"lateness_ns", spec.rate ? to_json(tally.open_loop.lateness, false)
                                    : Json(nullptr)},
          {"timestamp_error_ns", tally.timestamp_error}};
}

Json to_json(const std::vector<ObjectiveResult>& objectives) {
  Json rows = Json::array();
  for (const ObjectiveResult& one : objectives) {
    rows.push_back({{"objective", one.objective},
                    {"met", one.met},
                    {"measured", one.measured},
                    {"reason", one.reason}});
  }
  return rows;
}

}  // namespace

double per_second(std::uint64_t count, Nanoseconds time) {
  return time == 0
             ? 0
             : static_cast<double>(count) * 1e9 / static_cast<double>(time);
}

std::string to_json_line(const IntervalRow& row) {
  Json json = {{"start_ns", row.start},
               {"length_ns", row.length},
               {"completed", row.completed},
               {"errors", row.errors},
               {"requests_per_second", per_second(row.completed, row.length)}};
  json["latency_ns"] = to_json(row.latency, false);
  return json.dump();
}

std::string to_json(const LoadSpec& spec, const Tally& tally,
                    const LoadVerdict& verdict,
                    const std::vector<ObjectiveResult>& objectives) {
  const Json rate = tally.measured == 0
                        ? Json(nullptr)
                        : Json(per_second(tally.completed, tally.measured));
  const Json json = {
      {"schema_version", kSchemaVersion},
      {"tool",
       {{"name", "loadgen"},
        {"version", kVersion},
        {"engine", to_string(spec.engine)}}},
      {"requested", requested(spec)},
      {"achieved",
       {{"connections", tally.connections_average},
        {"rate_per_second", rate},
        {"measured_ns", tally.measured}}},
      {"requests",
       {{"started", tally.started},
        {"completed", tally.completed},
        {"in_flight", tally.in_flight},
        {"errors", to_json(tally.errors)},
        {"error_causes", to_json(tally.causes)}}},
      {"open_loop", open_loop(spec, tally)},
      {"connections",
       {{"opened", tally.connections_opened},
        {"open", tally.connections_open},
        {"closed_by_server", tally.closed_by_server},
        {"closed_by_client", tally.closed_by_client},
        {"served", tally.connections_served}}},
      {"bytes",
       {{"sent", tally.bytes_sent}, {"received", tally.bytes_received}}},
      {"lifetime",
       {{"requests_started", tally.lifetime.requests_started},
        {"answers", tally.lifetime.answers},
        {"connections_opened", tally.lifetime.connections_opened}}},
      {"requests_per_second", rate},
      {"latency_ns", to_json(tally.total, true)},
      {"service_ns", to_json(tally.service, true)},
      {"phases_ns",
       {{"connect", to_json(tally.connect, false)},
        {"send", to_json(tally.send, false)},
        {"first_byte", to_json(tally.first_byte, false)},
        {"total", to_json(tally.total, false)}}},
      {"series", series(tally)},
      {"generator", generator(spec, tally)},
      {"objectives", to_json(objectives)},
      {"verdict",
       {{"status", to_string(verdict.status)}, {"reasons", verdict.reasons}}}};
  return json.dump();
}

}  // namespace sockmark
