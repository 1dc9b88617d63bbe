#include "harness/plan/experiment_workload.h"

#include <functional>
#include <stdexcept>
#include <utility>

#include "harness/plan/experiment_file.h"
#include "lib/duration.h"

namespace sockmark {
namespace {

std::string work_of(const LocatedJson& json) {
  std::string work = json.text();
  if (work == "none") return work;
  try {
    for (const std::string kind : {"sleep:", "spin:"}) {
      if (!work.starts_with(kind)) continue;
      parse_duration(work.substr(kind.size()));
      return work;
    }
  } catch (const std::invalid_argument&) {
    // told below, with all that there is
  }
  json.refuse(
      R"("none", "sleep:DURATION" or "spin:DURATION", as in "sleep:1ms")");
}

using SetValue = std::function<void(Workload&, const LocatedJson& value)>;

// A plan for each of these values; the same plans for none.
void vary(std::vector<WorkloadPlan>& plans,
          const std::optional<LocatedJson>& values, const SetValue& set) {
  if (!values) return;
  std::vector<WorkloadPlan> varied;
  for (const WorkloadPlan& plan : plans) {
    for (const LocatedJson& value : values->one_or_more()) {
      varied.push_back(plan);
      set(varied.back().workload, value);
    }
  }
  plans = std::move(varied);
}

std::vector<WorkloadPlan> varied(const LocatedJson& json,
                                 const WorkloadPlan& plan) {
  constexpr std::int64_t kMostConnections = 1'000'000;
  constexpr std::int64_t kLargestBody = 1 << 30;
  constexpr double kFastest = 1e9;
  std::vector<WorkloadPlan> plans = {plan};
  vary(plans, json.find("connections"), [](Workload& w, const LocatedJson& n) {
    w.connections = static_cast<int>(n.integer(1, kMostConnections));
  });
  vary(plans, json.find("rate"), [](Workload& w, const LocatedJson& n) {
    w.rate_per_second = n.number(1, kFastest);
  });
  vary(plans, json.find("body"), [](Workload& w, const LocatedJson& n) {
    w.body_bytes = static_cast<std::uint64_t>(n.integer(0, kLargestBody));
  });
  vary(plans, json.find("idle"), [](Workload& w, const LocatedJson& n) {
    w.idle_connections =
        static_cast<std::uint64_t>(n.integer(0, kMostConnections));
  });
  vary(plans, json.find("work"),
       [](Workload& w, const LocatedJson& work) { w.work = work_of(work); });
  return plans;
}

}  // namespace

Timing timing_in(const LocatedJson& json, Timing usual) {
  if (const auto warmup = json.find("warmup")) {
    usual.warmup_ns = warmup->duration().count();
  }
  if (const auto duration = json.find("duration")) {
    usual.duration_ns = duration->positive_duration().count();
  }
  if (const auto rounds = json.find("rounds")) {
    usual.rounds = static_cast<int>(rounds->integer(1, kMostRounds));
  }
  return usual;
}

std::string name_in(const LocatedJson& json) {
  std::string name = json.text();
  if (name.empty()) json.refuse("a name");
  return name;
}

double percentage_in(const LocatedJson& json) {
  try {
    return parse_percentage(json.text());
  } catch (const std::invalid_argument&) {
    json.refuse(R"(a percentage above 0 and below 100, as in "2%")");
  }
}

std::vector<std::string> names_in(const std::optional<LocatedJson>& json) {
  std::vector<std::string> names;
  if (!json) return names;
  for (const LocatedJson& name : json->one_or_more()) {
    names.push_back(name_in(name));
  }
  return names;
}

std::vector<WorkloadPlan> workloads_of(const LocatedJson& json,
                                       const Timing& usual) {
  json.require_keys({"name", "keep_alive", "connections", "rate", "body",
                     "work", "idle", "tools", "rounds", "warmup", "duration",
                     "servers"});
  WorkloadPlan plan;
  Workload& workload = plan.workload;
  workload.tool.clear();
  workload.name = name_in(json.at("name"));
  const auto keep_alive = json.find("keep_alive");
  workload.keep_alive = keep_alive ? keep_alive->flag() : true;
  const Timing timing = timing_in(json, usual);
  workload.warmup_ns = timing.warmup_ns;
  workload.duration_ns = timing.duration_ns;
  plan.rounds = timing.rounds;
  plan.servers = names_in(json.find("servers"));
  const auto tools = json.find("tools");
  if (tools) plan.tools = names_in(tools);
  if (tools && json.find("rate") &&
      plan.tools != std::vector<std::string>{"loadgen"}) {
    tools->refuse("loadgen alone, as no other tool holds a rate");
  }
  return varied(json, plan);
}

}  // namespace sockmark
