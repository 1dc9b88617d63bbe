#include "harness/ab/build_command.h"

#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <stdexcept>

#include "harness/process/child.h"
#include "harness/process/git.h"
#include "harness/text/replace_file.h"

namespace sockmark {
namespace {

constexpr int kLinesShown = 15;

std::string last_lines(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  auto begin = text.size();
  for (int line = 0; line < kLinesShown && begin != std::string::npos; ++line) {
    begin = begin == 0 ? std::string::npos : text.rfind('\n', begin - 1);
  }
  return begin == std::string::npos ? text : text.substr(begin + 1);
}

}  // namespace

void run_build(const std::string& title, const std::filesystem::path& folder,
               const std::string& command, const std::filesystem::path& log) {
  auto argv = without_callers_environment();
  // In the order in which it says it, wherever it says it.
  argv.insert(argv.end(), {"sh", "-c", "exec 2>&1\n" + command});
  Child build({.argv = argv, .cpus = {}, .cwd = folder});
  std::optional<Ending> ending;
  while (!ending) ending = build.wait_for(std::chrono::hours(1));
  const std::string all = build.out();
  if (ending->clean()) {
    write_file(log, all);
    return;
  }
  const std::string said = last_lines(all);
  // Why it failed matters more than a disk that has no room for the rest.
  const std::string more =
      replace_file(log, all) == 0 ? "\nall that it said: " + log.string() : "";
  throw std::runtime_error(fmt::format(
      "{}: the build failed ({}): {}{}", title, ending->describe(), command,
      said.empty() ? "; it said nothing" : "\n" + said + more));
}

}  // namespace sockmark
