#include "harness/ab/identity.h"

#include <filesystem>
#include <fstream>
#include <optional>

#include "harness/process/find_program.h"
#include "harness/process/sha256.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;

bool is_elf(const fs::path& file) {
  char magic[4] = {};
  std::ifstream(file, std::ios::binary).read(magic, sizeof magic);
  return std::string_view(magic, sizeof magic) == "\177ELF";
}

bool is_same_content(const fs::path& a, const fs::path& b) {
  const auto of_a = sha256_of_file(a);
  return of_a && of_a == sha256_of_file(b);
}

bool is_same_file(const fs::path& a, const fs::path& b) {
  std::error_code failed;
  return fs::equivalent(a, b, failed) && !failed;
}

bool is_file(const fs::path& path) {
  std::error_code failed;
  return fs::is_regular_file(path, failed);
}

bool is_same_argument(const ServerSpec& base, const ServerSpec& head,
                      std::size_t i) {
  const fs::path of_base = base.cwd / base.command[i];
  const fs::path of_head = head.cwd / head.command[i];
  if (is_file(of_base) && is_file(of_head)) {
    return is_same_content(of_base, of_head);
  }
  return base.command[i] == head.command[i];
}

}  // namespace

bool is_identical(const ServerSpec& base, const ServerSpec& head) {
  if (base.command.size() != head.command.size() || base.env != head.env) {
    return false;
  }
  if (base.command == head.command && base.cwd == head.cwd) return true;
  const auto of_base = find_program(base.command[0], base.cwd);
  const auto of_head = find_program(head.command[0], head.cwd);
  if (!of_base || !of_head || is_same_file(*of_base, *of_head) ||
      !is_elf(*of_base) || !is_same_content(*of_base, *of_head)) {
    return false;
  }
  for (std::size_t i = 1; i < base.command.size(); ++i) {
    if (!is_same_argument(base, head, i)) return false;
  }
  return true;
}

}  // namespace sockmark
