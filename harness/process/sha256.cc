#include "harness/process/sha256.h"

#include <chrono>
#include <map>

#include "harness/process/child.h"
#include "harness/process/find_program.h"

namespace sockmark {
namespace {

std::optional<std::string> compute(const std::filesystem::path& file) {
  constexpr std::size_t kHexDigits = 64;
  constexpr std::chrono::seconds kPatience(10);
  Child sha256sum({.argv = {"sha256sum", "--", file.string()}, .cpus = {}});
  const auto ending = sha256sum.wait_for(kPatience);
  const std::string output = sha256sum.out();
  if (!ending || !ending->clean() || output.size() < kHexDigits) {
    return std::nullopt;
  }
  return output.substr(0, kHexDigits);
}

}  // namespace

std::optional<std::string> sha256_of_file(const std::filesystem::path& file) {
  static std::map<std::filesystem::path, std::optional<std::string>> known;
  const auto found = known.find(file);
  if (found != known.end()) return found->second;
  return known[file] = compute(file);
}

std::optional<std::string> sha256_of_program(const std::string& program,
                                             const std::filesystem::path& cwd) {
  const auto file = find_program(program, cwd);
  return file ? sha256_of_file(*file) : std::nullopt;
}

}  // namespace sockmark
