#include "harness/record/results.h"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <stdexcept>
#include <utility>

#include "harness/text/replace_file.h"
#include "harness/text/text_file.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;

// `error` is an errno.
[[noreturn]] void refuse(const char* what, const fs::path& path, int error) {
  const bool is_full = error == ENOSPC || error == EDQUOT || error == EFBIG;
  throw std::runtime_error(fmt::format(
      "cannot {} {}: {} ({})", what, path.string(), std::strerror(error),
      is_full ? "make room; earlier trials are whole, and a run goes on "
                "with sockmark run --resume"
              : "choose a folder that can be written with --results"));
}

Fd open_for(const fs::path& path, int flags) {
  constexpr mode_t kMode = 0644;
  Fd fd(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | flags, kMode));
  if (!fd) refuse("write", path, errno);
  return fd;
}

fs::path make_folder(const fs::path& results, const std::string& preset) {
  std::error_code failed;
  fs::create_directories(results, failed);
  if (failed) refuse("make", results, failed.value());
  const std::string name = fmt::format("{:%Y%m%d-%H%M%S}-{}",
                                       fmt::gmtime(std::time(nullptr)), preset);
  for (int number = 1;; ++number) {
    fs::path path =
        results / (number == 1 ? name : fmt::format("{}-{}", name, number));
    if (mkdir(path.c_str(), 0755) == 0) {
      sync_folder(results);
      return path;
    }
    if (errno != EEXIST) refuse("make", path, errno);
  }
}

// The size of all the lines that are whole.
off_t whole_lines(const std::string& text) {
  const auto last = text.rfind('\n');
  return last == std::string::npos ? 0 : static_cast<off_t>(last + 1);
}

}  // namespace

RunFolder::RunFolder(fs::path path) : path_(std::move(path)) {}

RunFolder::RunFolder(const fs::path& results, const std::string& name,
                     const std::string& setup)
    : RunFolder(make_folder(results, name)) {
  write("experiment.json", setup);
  open_trials();
}

void RunFolder::open_trials() {
  trials_ = open_for(path_ / "trials.jsonl", O_APPEND);
  sync_folder(path_);
}

RunFolder RunFolder::resume(const fs::path& path) {
  RunFolder folder(path);
  folder.open_trials();
  const off_t whole = whole_lines(folder.read("trials.jsonl"));
  if (ftruncate(folder.trials_.get(), whole) != 0 ||
      fsync(folder.trials_.get()) != 0) {
    refuse("write", path / "trials.jsonl", errno);
  }
  return folder;
}

void RunFolder::append(const TrialRecord& record) {
  const off_t before = lseek(trials_.get(), 0, SEEK_END);
  const int error = write_to_disk(trials_, to_json_line(record) + "\n");
  if (error == 0) return;
  (void)!ftruncate(trials_.get(), before);  // no part of a line is left
  refuse("write", path_ / "trials.jsonl", error);
}

void RunFolder::write(const std::string& name,
                      const std::string& content) const {
  const int error = replace_file(path_ / name, content);
  if (error != 0) refuse("write", path_ / name, error);
}

std::string RunFolder::read(const std::string& name) const {
  return read_text(path_ / name);
}

}  // namespace sockmark
