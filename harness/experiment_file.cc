// JSON -> experiment.
#include "harness/experiment_file.h"

#include <fmt/format.h>

#include <charconv>
#include <set>
#include <stdexcept>
#include <utility>

#include "harness/installation.h"
#include "harness/json_object.h"
#include "lib/duration.h"

namespace sockmark {
namespace {

// What a run has and each workload may have for itself.
struct Timing {
  std::int64_t warmup_ns = 200'000'000;
  std::int64_t duration_ns = 1'000'000'000;
  int rounds = 1;
};

std::int64_t nanoseconds_in(const std::string& text) {
  return parse_duration(text).count();
}

Timing timing_in(JsonObject& object, Timing timing) {
  if (const auto warmup = object.parsed("warmup", nanoseconds_in)) {
    timing.warmup_ns = *warmup;
  }
  if (const auto duration = object.parsed("duration", nanoseconds_in)) {
    if (*duration == 0) object.refuse("duration", "expected more than 0");
    timing.duration_ns = *duration;
  }
  if (const auto rounds =
          object.number("rounds", {.from = 1, .to = kMostRounds})) {
    timing.rounds = static_cast<int>(*rounds);
  }
  return timing;
}

void require_work(JsonObject& object, const std::string& work) {
  if (work == "none") return;
  try {
    for (const std::string kind : {"sleep:", "spin:"}) {
      if (!work.starts_with(kind)) continue;
      parse_duration(work.substr(kind.size()));
      return;
    }
  } catch (const std::invalid_argument&) {
    // told below, with all that there is
  }
  object.refuse("work",
                "expected none, sleep:DURATION or spin:DURATION, as in "
                "sleep:1ms, and not '" +
                    work + "'");
}

// A plan for each of these values; the same plans for none.
template <typename Value, typename Set>
void vary(std::vector<WorkloadPlan>& plans, const std::vector<Value>& values,
          const Set& set) {
  if (values.empty()) return;
  std::vector<WorkloadPlan> varied;
  for (const WorkloadPlan& plan : plans) {
    for (const Value& value : values) {
      varied.push_back(plan);
      set(varied.back().workload, value);
    }
  }
  plans = std::move(varied);
}

constexpr NumberRange kConnections = {.from = 1, .to = 1'000'000};
constexpr NumberRange kIdle = {.from = 0, .to = 1'000'000};
constexpr NumberRange kBody = {.from = 0, .to = 1 << 30};
constexpr NumberRange kRate = {.from = 1, .to = 1e9, .are_whole = false};

std::vector<WorkloadPlan> varied(JsonObject& object, const WorkloadPlan& plan) {
  std::vector<WorkloadPlan> plans = {plan};
  vary(plans, object.numbers("connections", kConnections),
       [](Workload& w, double n) { w.connections = static_cast<int>(n); });
  const auto rates = object.numbers("rate", kRate);
  if (!rates.empty() && plan.tools != std::vector<std::string>{"loadgen"}) {
    object.refuse("tools", "expected loadgen alone: no other holds a rate");
  }
  vary(plans, rates, [](Workload& w, double n) { w.rate_per_second = n; });
  vary(plans, object.numbers("body", kBody), [](Workload& w, double n) {
    w.body_bytes = static_cast<std::uint64_t>(n);
  });
  vary(plans, object.numbers("idle", kIdle), [](Workload& w, double n) {
    w.idle_connections = static_cast<std::uint64_t>(n);
  });
  const auto works = object.texts("work");
  for (const std::string& work : works) require_work(object, work);
  vary(plans, works,
       [](Workload& w, const std::string& work) { w.work = work; });
  return plans;
}

std::vector<WorkloadPlan> workloads_in(JsonObject& object,
                                       const Timing& usual) {
  WorkloadPlan plan;
  Workload& workload = plan.workload;
  workload.tool.clear();
  workload.name = object.text("name").value_or("");
  if (workload.name.empty()) object.refuse("name", "expected a name");
  workload.keep_alive = object.truth("keep_alive").value_or(true);
  const Timing timing = timing_in(object, usual);
  workload.warmup_ns = timing.warmup_ns;
  workload.duration_ns = timing.duration_ns;
  plan.rounds = timing.rounds;
  plan.servers = object.texts("servers");
  if (auto tools = object.texts("tools"); !tools.empty()) plan.tools = tools;
  auto plans = varied(object, plan);
  object.refuse_unknown_keys();
  return plans;
}

}  // namespace

double parse_percentage(std::string_view text) {
  double number = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  const auto rest = text.substr(static_cast<std::size_t>(end - text.data()));
  if (error == std::errc() && rest == "%" && number > 0 && number < 100) {
    return number / 100;
  }
  throw std::invalid_argument(
      fmt::format("bad percentage '{}': expected one above 0 and below 100, as "
                  "in 2%",
                  text));
}

Experiment parse_experiment(const JsonSource& source) {
  JsonObject object(source, "");
  Experiment experiment;
  experiment.name = object.text("name").value_or("");
  if (experiment.name.empty() ||
      experiment.name.find('/') != std::string::npos) {
    object.refuse("name", "expected a name without a slash");
  }
  experiment.about = object.text("about").value_or("");
  experiment.servers = object.texts("servers");
  const Timing timing = timing_in(object, {});
  if (const auto seed = object.number(
          "seed", {.from = 0, .to = static_cast<double>(kLargestSeed)})) {
    experiment.seed = static_cast<std::uint64_t>(*seed);
  }
  experiment.precision = object.parsed("precision", parse_percentage);
  experiment.time_budget_ns = object.parsed("time_budget", nanoseconds_in);
  experiment.ignore_noise = object.truth("ignore_noise").value_or(false);
  auto workloads = object.objects("workloads");
  object.refuse_unknown_keys();
  std::set<std::string> known;
  for (JsonObject& workload : workloads) {
    for (WorkloadPlan& plan : workloads_in(workload, timing)) {
      if (!known.insert(hash_of(plan.workload)).second) {
        workload.refuse("name", "the same workload stands there already");
      }
      experiment.workloads.push_back(std::move(plan));
    }
  }
  return experiment;
}

Experiment read_experiment(const std::filesystem::path& file) {
  return parse_experiment(JsonSource::read(file));
}

Experiment preset(const std::string& name) {
  const auto folder = installation().presets;
  std::set<std::string> known;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    known.insert(entry.path().stem().string());
  }
  if (known.contains(name)) return read_experiment(folder / (name + ".json"));
  throw std::invalid_argument(fmt::format("no preset named '{}'; there are {}",
                                          name, fmt::join(known, ", ")));
}

}  // namespace sockmark
