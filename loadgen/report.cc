#include "loadgen/report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "lib/duration.h"
#include "loadgen/engine.h"
#include "loadgen/hdr_codec.h"
#include "loadgen/version.h"

namespace sockmark {
namespace {

using Json = nlohmann::ordered_json;
using std::chrono::nanoseconds;

constexpr int kSchemaVersion = 1;

double per_second(std::uint64_t count, Nanoseconds measured) {
  return measured == 0
             ? 0
             : static_cast<double>(count) * 1e9 / static_cast<double>(measured);
}

// Of nothing there are no percentiles.
Json to_json(const Histogram& histogram, bool with_histogram) {
  Json json = {{"count", histogram.count()}};
  const bool any = histogram.count() > 0;
  const auto put = [&](const char* name, auto value) {
    json[name] = any ? Json(value) : Json(nullptr);
  };
  put("min", histogram.min());
  put("mean", histogram.mean());
  put("stdev", histogram.standard_deviation());
  put("p50", histogram.percentile(50));
  put("p90", histogram.percentile(90));
  put("p99", histogram.percentile(99));
  put("p99_9", histogram.percentile(99.9));
  put("max", histogram.max());
  if (with_histogram) put("histogram", encode_hdr_v2(histogram));
  return json;
}

Json to_json(const Errors& errors) {
  return {{"connect", errors.connect}, {"timeout", errors.timeout},
          {"reset", errors.reset},     {"closed", errors.closed},
          {"status", errors.status},   {"body", errors.body},
          {"parse", errors.parse},     {"local", errors.local}};
}

Json requested(const LoadSpec& spec) {
  return {
      {"url", spec.target.url()},
      {"connections", spec.connections},
      {"threads", spec.threads},
      {"keep_alive", !spec.close},
      {"rate_per_second", nullptr},
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

}  // namespace

std::string to_json(const LoadSpec& spec, const Tally& tally,
                    const LoadVerdict& verdict) {
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
        {"errors", to_json(tally.errors)}}},
      {"connections",
       {{"opened", tally.connections_opened},
        {"open", tally.connections_open},
        {"closed_by_server", tally.closed_by_server},
        {"closed_by_client", tally.closed_by_client},
        {"served", tally.connections_served}}},
      {"bytes",
       {{"sent", tally.bytes_sent}, {"received", tally.bytes_received}}},
      {"requests_per_second", rate},
      {"latency_ns", to_json(tally.total, true)},
      {"service_ns", to_json(tally.service, true)},
      {"phases_ns",
       {{"connect", to_json(tally.connect, false)},
        {"send", to_json(tally.send, false)},
        {"first_byte", to_json(tally.first_byte, false)},
        {"total", to_json(tally.total, false)}}},
      {"series", series(tally)},
      {"generator",
       {{"cpu_ns", tally.generator.cpu},
        {"lateness_ns", nullptr},
        {"timestamp_error_ns", tally.timestamp_error}}},
      {"verdict",
       {{"status", to_string(verdict.status)}, {"reasons", verdict.reasons}}}};
  return json.dump();
}

std::string to_text(const LoadSpec& spec, const Tally& tally,
                    const LoadVerdict& verdict) {
  const auto time = [](Nanoseconds ns) {
    return format_duration(nanoseconds(ns));
  };
  std::string text =
      fmt::format("{} connections, {}, {} measured\n", spec.connections,
                  spec.close ? "a new one for each request" : "kept alive",
                  time(tally.measured));
  text += fmt::format("  requests   {:.0f} per second, {} in all, {} failed\n",
                      per_second(tally.completed, tally.measured),
                      tally.completed, tally.errors.total());
  if (tally.total.count() > 0) {
    text += fmt::format(
        "  latency    p50 {}, p90 {}, p99 {}, p99.9 {}, max {}\n",
        time(tally.total.percentile(50)), time(tally.total.percentile(90)),
        time(tally.total.percentile(99)), time(tally.total.percentile(99.9)),
        time(tally.total.max()));
  }
  const Errors& e = tally.errors;
  if (e.total() > 0) {
    text += fmt::format(
        "  errors     connect {}, timeout {}, reset {}, closed {}, status {}, "
        "body {}, parse {}, local {}\n",
        e.connect, e.timeout, e.reset, e.closed, e.status, e.body, e.parse,
        e.local);
  }
  text += fmt::format("  verdict    {}\n", to_string(verdict.status));
  for (const std::string& reason : verdict.reasons) {
    text += fmt::format("             {}\n", reason);
  }
  return text;
}

}  // namespace sockmark
