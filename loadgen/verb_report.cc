#include "loadgen/verb_report.h"

#include <fmt/format.h>

#include <cstring>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "lib/duration.h"
#include "lib/exit_status.h"
#include "loadgen/histogram.h"
#include "loadgen/version.h"

namespace sockmark {

using Json = nlohmann::ordered_json;

namespace {

Histogram histogram_of(const std::vector<Nanoseconds>& durations) {
  Histogram histogram;
  for (const Nanoseconds duration : durations) histogram.record(duration);
  return histogram;
}

}  // namespace

Json report_head(std::string_view verb) {
  constexpr int kSchemaVersion = 1;
  return {{"schema_version", kSchemaVersion},
          {"tool", {{"name", "loadgen"}, {"version", kVersion}}},
          {"verb", verb}};
}

Json spread_of(const std::vector<Nanoseconds>& durations) {
  const Histogram histogram = histogram_of(durations);
  const bool any = histogram.count() > 0;
  const auto figure = [&](std::int64_t value) {
    return any ? Json(value) : Json(nullptr);
  };
  return {{"count", histogram.count()},
          {"min", figure(histogram.min())},
          {"p50", figure(histogram.percentile(50))},
          {"p90", figure(histogram.percentile(90))},
          {"p99", figure(histogram.percentile(99))},
          {"max", figure(histogram.max())}};
}

Json counts_of(const Connects& connects) {
  return {{"requested", connects.requested},
          {"established", connects.established},
          {"refused", connects.refused},
          {"timed_out", connects.timed_out},
          {"local_failures", connects.local},
          {"unfinished", connects.unfinished()}};
}

Json or_null(const std::optional<std::int64_t>& value) {
  return value ? Json(*value) : Json(nullptr);
}

void put(const CrowdResult& crowd, Json& report) {
  Json connections = counts_of(crowd.connects);
  connections.update({{"most_open", crowd.most_open},
                      {"open_at_end", crowd.open},
                      {"closed_by_server", crowd.closed_by_server},
                      {"reset", crowd.reset},
                      {"closed_by_client", crowd.closed_by_client}});
  report["connections"] = connections;
  report["connect_ns"] = spread_of(crowd.connect_times);
  report["all_up_after_ns"] = or_null(crowd.all_up_after);
  report["first_lost_after_ns"] = or_null(crowd.first_lost_after);
  report["lost_lifetime_ns"] = spread_of(crowd.lost_lifetimes);
  report["elapsed_ns"] = crowd.elapsed;
}

std::string describe(Nanoseconds duration) {
  return format_duration(std::chrono::nanoseconds(duration));
}

std::string describe(const Connects& connects) {
  return fmt::format(
      "{} requested, {} established, {} refused, {} timed out, {} failed here, "
      "{} unfinished",
      connects.requested, connects.established, connects.refused,
      connects.timed_out, connects.local, connects.unfinished());
}

std::string describe(const std::vector<Nanoseconds>& durations) {
  if (durations.empty()) return "none";
  const Histogram histogram = histogram_of(durations);
  return fmt::format(
      "min {}, p50 {}, p99 {}, max {}", describe(histogram.min()),
      describe(histogram.percentile(50)), describe(histogram.percentile(99)),
      describe(histogram.max()));
}

std::string lines_of(const CrowdResult& crowd) {
  std::string lines = fmt::format(
      "  connections  {}\n  connect      {}\n  kept         {} at most, {} at "
      "the end\n",
      describe(crowd.connects), describe(crowd.connect_times), crowd.most_open,
      crowd.open);
  if (crowd.first_lost_after) {
    lines += fmt::format(
        "  lost         {} closed by the server, {} reset; the first after "
        "{}\n  lived        {}\n",
        crowd.closed_by_server, crowd.reset, describe(*crowd.first_lost_after),
        describe(crowd.lost_lifetimes));
  }
  return lines;
}

std::string lines_of(const std::vector<std::string>& notes) {
  std::string lines;
  for (const std::string& note : notes)
    lines += "  note         " + note + '\n';
  return lines;
}

std::vector<std::string> notes_on(const Connects& connects,
                                  const Target& target, int interrupted_by) {
  std::vector<std::string> notes;
  if (interrupted_by != 0) {
    notes.push_back(fmt::format("interrupted by SIG{}, before its end",
                                sigabbrev_np(interrupted_by)));
  }
  const char* const reason = std::strerror(connects.last_error);
  if (connects.established == 0 && connects.last_error != 0) {
    notes.push_back(
        fmt::format("no connection to {}: {}; is the server running there?",
                    target.url(), reason));
  } else if (connects.last_error != 0) {
    notes.push_back(fmt::format("the last connect that failed: {}", reason));
  }
  return notes;
}

std::vector<std::string> notes_on(const CrowdResult& crowd,
                                  const Target& target) {
  std::vector<std::string> notes =
      notes_on(crowd.connects, target, crowd.interrupted_by);
  if (crowd.connects.unfinished() > 0) {
    notes.emplace_back("the end came before all had connected");
  }
  if (crowd.connects.established > 0 && crowd.open == 0) {
    notes.emplace_back("ended when the last connection had gone");
  }
  return notes;
}

int exit_status(const Connects& connects, int interrupted_by) {
  constexpr int kSignalled = 128;  // as shells have it
  if (interrupted_by != 0) return kSignalled + interrupted_by;
  return connects.established == 0 ? kExitFailed : kExitOk;
}

JsonFile::JsonFile(const std::string& name) : name_(name) {
  if (name.empty() || name == "-") return;
  file_.open(name);
  if (!file_) throw std::runtime_error("cannot write " + name);
}

void JsonFile::write(const Json& json) {
  if (name_.empty()) return;
  (name_ == "-" ? std::cout : file_) << json.dump() << std::endl;
}

}  // namespace sockmark
