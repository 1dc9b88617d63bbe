#include "harness/machine/build.h"

#include <features.h>
#ifdef __GLIBC__
#include <gnu/libc-version.h>
#endif

#include <array>
#include <chrono>
#include <filesystem>

#include "harness/process/child.h"
#include "harness/process/git.h"
#include "harness/process/installation.h"
#include "harness/process/sha256.h"
#include "harness/version.h"
#include "lib/http.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;

struct Printed {
  std::string line;
  bool is_clean = false;  // the program ended well
};

std::optional<Printed> run(const std::vector<std::string>& argv) {
  constexpr std::chrono::seconds kPatience(5);
  try {
    Child child({.argv = argv, .cpus = {}});
    const auto ending = child.wait_for(kPatience);
    if (!ending) return std::nullopt;
    const std::string out = child.out();
    return Printed{.line = std::string(trim(out.substr(0, out.find('\n')))),
                   .is_clean = ending->clean()};
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

Fact<std::string> fingerprint(const fs::path& file) {
  if (auto sha256 = sha256_of_file(file)) {
    return Fact<std::string>::known(std::move(*sha256));
  }
  return Fact<std::string>::unknown("cannot read " + file.filename().string() +
                                    ", or no sha256sum");
}

Fact<std::string> libc() {
#ifdef __GLIBC__
  return Fact<std::string>::known(std::string("glibc ") +
                                  gnu_get_libc_version());
#else
  return Fact<std::string>::unknown("the C library does not say");
#endif
}

Fact<std::string> fingerprint_of_loadgen() {
  try {
    return fingerprint(installation().bin / "loadgen");
  } catch (const std::exception& failure) {
    return Fact<std::string>::unknown(failure.what());
  }
}

}  // namespace

std::optional<std::string> first_line_of(const std::vector<std::string>& argv) {
  auto printed = run(argv);
  if (!printed || !printed->is_clean) return std::nullopt;
  return std::move(printed->line);
}

Checkout read_checkout(const std::string& folder) {
  constexpr std::chrono::seconds kPatience(5);
  std::error_code failed;
  const GitAnswer top =
      git(folder, {"rev-parse", "--show-toplevel"}, kPatience);
  if (!top.ok || !fs::equivalent(top.out, folder, failed) || failed) {
    const std::string reason =
        "the folder it was built from is no git checkout, or git is missing";
    return {Fact<std::string>::unknown(reason), Fact<bool>::unknown(reason)};
  }
  const GitAnswer commit =
      git(folder, {"rev-parse", "--short=12", "HEAD"}, kPatience);
  const GitAnswer changes =
      git(folder, {"status", "--porcelain", "--untracked-files=no"}, kPatience);
  return {commit.ok ? Fact<std::string>::known(commit.out)
                    : Fact<std::string>::unknown("no commit yet"),
          changes.ok ? Fact<bool>::known(!changes.out.empty())
                     : Fact<bool>::unknown("git cannot say")};
}

Build read_build() {
  const Checkout checkout = read_checkout(kSourceFolder);
  return {.version = kVersion,
          .compiler = kCompiler,
          .flags = kCompilerFlags,
          .type = kBuildType,
          .libc = libc(),
          .git_commit = checkout.commit,
          .git_dirty = checkout.dirty,
          .binaries = {{"sockmark", fingerprint("/proc/self/exe")},
                       {"loadgen", fingerprint_of_loadgen()}}};
}

std::map<std::string, Fact<std::string>> read_tool_versions() {
  const std::array<std::vector<std::string>, 4> commands = {{
      {"wrk", "-v"},  // prints its usage, too, and exits with 1
      {"h2load", "--version"},
      {"ab", "-V"},
      {"gnuplot", "--version"},
  }};
  std::map<std::string, Fact<std::string>> versions;
  for (const auto& argv : commands) {
    const auto printed = run(argv);
    versions[argv[0]] =
        printed && !printed->line.empty()
            ? Fact<std::string>::known(printed->line)
            : Fact<std::string>::unknown(argv[0] + " is not installed");
  }
  return versions;
}

}  // namespace sockmark
