// JSON -> experiment.
#include "harness/plan/experiment_file.h"

#include <fmt/format.h>

#include <charconv>
#include <set>
#include <stdexcept>
#include <utility>

#include "harness/plan/experiment_margins.h"
#include "harness/plan/experiment_workload.h"
#include "harness/process/installation.h"

namespace sockmark {
namespace {

void read_workloads(const LocatedJson& json, const Timing& timing,
                    Experiment& experiment) {
  std::set<std::string> known;
  for (const LocatedJson& entry : json.items()) {
    for (WorkloadPlan& plan : workloads_of(entry, timing)) {
      if (!known.insert(hash_of(plan.workload)).second) {
        entry.at("name").fail("the same workload stands there already");
      }
      experiment.workloads.push_back(std::move(plan));
    }
  }
  if (known.empty()) json.refuse("at least one workload");
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

Experiment parse_experiment(const LocatedJson& json) {
  json.require_keys({"name", "about", "servers", "rounds", "warmup", "duration",
                     "seed", "precision", "ignore_noise", "time_budget",
                     "margins", "workloads"});
  Experiment experiment;
  const auto name = json.at("name");
  experiment.name = name_in(name);
  if (experiment.name.find('/') != std::string::npos) {
    name.refuse("a name without a slash");
  }
  if (const auto about = json.find("about")) experiment.about = about->text();
  experiment.servers = names_in(json.find("servers"));
  if (const auto seed = json.find("seed")) {
    experiment.seed = static_cast<std::uint64_t>(
        seed->integer(0, static_cast<std::int64_t>(kLargestSeed)));
  }
  if (const auto precision = json.find("precision")) {
    experiment.precision = percentage_in(*precision);
  }
  if (const auto budget = json.find("time_budget")) {
    experiment.time_budget_ns = budget->duration().count();
  }
  if (const auto ignore = json.find("ignore_noise")) {
    experiment.ignore_noise = ignore->flag();
  }
  if (const auto margins = json.find("margins")) {
    experiment.margins = margins_in(*margins);
  }
  read_workloads(json.at("workloads"), timing_in(json, {}), experiment);
  return experiment;
}

Experiment read_experiment(const std::filesystem::path& file) {
  return parse_experiment(LocatedJson::read(file));
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
