// Experiment -> JSON.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "harness/plan/experiment_file.h"

namespace sockmark {
namespace {

using Json = nlohmann::ordered_json;

// In the largest unit that leaves a whole number, so that nothing is lost.
std::string duration_text(std::int64_t ns) {
  if (ns % 1'000'000'000 == 0) return fmt::format("{}s", ns / 1'000'000'000);
  if (ns % 1'000'000 == 0) return fmt::format("{}ms", ns / 1'000'000);
  return fmt::format("{}ns", ns);
}

Json to_json(const WorkloadPlan& plan) {
  const Workload& w = plan.workload;
  Json json = {{"name", w.name},
               {"keep_alive", w.keep_alive},
               {"connections", w.connections}};
  if (w.rate_per_second) json["rate"] = *w.rate_per_second;
  json["body"] = w.body_bytes;
  json["work"] = w.work;
  json["idle"] = w.idle_connections;
  json["warmup"] = duration_text(w.warmup_ns);
  json["duration"] = duration_text(w.duration_ns);
  json["rounds"] = plan.rounds;
  json["tools"] = plan.tools;
  if (!plan.servers.empty()) json["servers"] = plan.servers;
  return json;
}

std::string percentage(double share) {
  return fmt::format("{:.10g}%", share * 100);
}

Json to_json(const std::map<std::string, Margin>& margins) {
  Json json = Json::object();
  for (const auto& [metric, margin] : margins) {
    json[metric] = {{"relative", percentage(margin.relative)},
                    {"absolute", margin.absolute}};
  }
  return json;
}

}  // namespace

std::string to_text(const Experiment& experiment) {
  Json json = {{"name", experiment.name},
               {"about", experiment.about},
               {"seed", experiment.seed}};
  if (!experiment.servers.empty()) json["servers"] = experiment.servers;
  if (experiment.precision) {
    json["precision"] = percentage(*experiment.precision);
  }
  if (experiment.time_budget_ns) {
    json["time_budget"] = duration_text(*experiment.time_budget_ns);
  }
  if (experiment.ignore_noise) json["ignore_noise"] = true;
  if (!experiment.margins.empty()) {
    json["margins"] = to_json(experiment.margins);
  }
  // A line for each workload: what differs between them is seen at once.
  std::string text = json.dump(2);
  text.resize(text.rfind('\n'));
  text += ",\n  \"workloads\": [";
  const char* separator = "\n    ";
  for (const WorkloadPlan& plan : experiment.workloads) {
    text += separator + to_json(plan).dump();
    separator = ",\n    ";
  }
  return text + "\n  ]\n}\n";
}

}  // namespace sockmark
