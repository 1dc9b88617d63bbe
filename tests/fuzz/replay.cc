// Sends the seeds of the fuzz targets, and then mutations of them, to every
// sound model for a while, and says which survived.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <random>
#include <thread>

#include "tests/fuzz/siege.h"

namespace sockmark {
namespace {

struct Plan {
  unsigned seconds = 60;  // for each model
  std::uint64_t seed = std::random_device()();
  unsigned jobs = 3;
  std::vector<std::string> models;  // none: all
  std::string folder = ".";         // for the inputs that did harm
};

void print(const ListedModel& model, const Outcome& outcome,
           const std::string& folder) {
  const bool survived = outcome.fault.empty();
  std::printf("%-20s %9llu inputs  %s\n", model.name.c_str(),
              static_cast<unsigned long long>(outcome.inputs),
              survived ? "survived" : "FAILED");
  if (!survived) std::printf("  %s\n", outcome.fault.c_str());
  if (!outcome.input.empty()) {
    std::filesystem::create_directories(folder);
    const auto path = std::filesystem::path(folder) / (model.name + ".input");
    std::ofstream(path, std::ios::binary) << outcome.input;
    std::printf("  behind the input in %s\n", path.c_str());
  }
  std::fflush(stdout);
}

std::vector<ListedModel> chosen(const std::vector<std::string>& names) {
  std::vector<ListedModel> models = sound_models();
  std::erase_if(models, [&](const ListedModel& model) {
    return !names.empty() &&
           std::find(names.begin(), names.end(), model.name) == names.end();
  });
  if (models.empty()) throw std::runtime_error("no such model");
  return models;
}

// A few models side by side: one that waits leaves the processor to the others.
bool replay(const Plan& plan) {
  const std::vector<ListedModel> models = chosen(plan.models);
  const std::vector<Seed> seeds = seeds_of("http");
  const Siege siege{.duration = std::chrono::seconds(plan.seconds),
                    .seed = plan.seed};
  std::atomic<std::size_t> next = 0;
  std::atomic<bool> all_survived = true;
  std::mutex printing;
  std::vector<std::jthread> workers;
  for (unsigned i = 0; i < plan.jobs; ++i) {
    workers.emplace_back([&] {
      for (std::size_t mine; (mine = next++) < models.size();) {
        const Outcome outcome = besiege(models[mine], seeds, siege);
        if (!outcome.fault.empty()) all_survived = false;
        const std::scoped_lock lock(printing);
        print(models[mine], outcome, plan.folder);
      }
    });
  }
  workers.clear();
  return all_survived;
}

}  // namespace
}  // namespace sockmark

int main(int argc, char** argv) {
  sockmark::Plan plan;
  CLI::App app("Replays the fuzz corpus, and mutations, against the models.");
  app.add_option("--seconds", plan.seconds, "for each model");
  app.add_option("--seed", plan.seed, "of the mutations");
  app.add_option("--jobs", plan.jobs, "models side by side");
  app.add_option("--keep", plan.folder, "where inputs that do harm are kept");
  app.add_option("models", plan.models, "all that are sound if there are none")
      ->delimiter(',');
  CLI11_PARSE(app, argc, argv);
  try {
    std::printf("seed %llu\n", static_cast<unsigned long long>(plan.seed));
    return sockmark::replay(plan) ? 0 : 1;
  } catch (const std::exception& failed) {
    std::fprintf(stderr, "%s: %s\n", argv[0], failed.what());
    return 1;
  }
}
