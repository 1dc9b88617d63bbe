#include "harness/results.h"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <ctime>
#include <nlohmann/json.hpp>

#include "lib/error.h"

namespace sockmark {
namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

void write_all(const Fd& fd, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = check(::write(fd.get(), bytes.data(), bytes.size()),
                                  "cannot write " + path.string());
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  check(fsync(fd.get()), "cannot write " + path.string());
}

Fd open_for(const fs::path& path, int flags) {
  constexpr mode_t kMode = 0644;
  return Fd(
      check(open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, kMode),
            "cannot write " + path.string()));
}

fs::path make_folder(const fs::path& results, const std::string& preset) {
  std::error_code failed;
  fs::create_directories(results, failed);
  if (failed) throw_errno("cannot make " + results.string(), failed.value());
  const std::string name = fmt::format("{:%Y%m%d-%H%M%S}-{}",
                                       fmt::gmtime(std::time(nullptr)), preset);
  for (int number = 1;; ++number) {
    fs::path path =
        results / (number == 1 ? name : fmt::format("{}-{}", name, number));
    if (mkdir(path.c_str(), 0755) == 0) return path;
    if (errno != EEXIST) throw_errno("cannot make " + path.string());
  }
}

}  // namespace

RunFolder::RunFolder(const fs::path& results, const std::string& preset)
    : path_(make_folder(results, preset)),
      trials_(open_for(path_ / "trials.jsonl", O_APPEND)) {}

void RunFolder::append(const TrialRecord& record) {
  write_all(trials_, to_json_line(record) + "\n", path_ / "trials.jsonl");
}

void RunFolder::write(const std::string& name,
                      const std::string& content) const {
  const fs::path temporary = path_ / (name + ".part");
  write_all(open_for(temporary, O_TRUNC), content, temporary);
  check(std::rename(temporary.c_str(), (path_ / name).c_str()),
        "cannot write " + (path_ / name).string());
}

std::string describe_result(const std::string& run,
                            const Experiment& experiment,
                            const std::string& environment,
                            const std::vector<TrialRecord>& trials,
                            bool interrupted) {
  Json lines = Json::array();
  for (const TrialRecord& trial : trials) {
    lines.push_back(Json::parse(to_json_line(trial)));
  }
  const Json json = {{"schema_version", kSchemaVersion},
                     {"run", run},
                     {"preset", experiment.name},
                     {"rounds", experiment.rounds},
                     {"seed", experiment.seed},
                     {"interrupted", interrupted},
                     {"environment", Json::parse(environment)},
                     {"trials", lines}};
  return json.dump(1);
}

}  // namespace sockmark
