// Writes the corpus of the parser's own tests to a folder, a file each, so that
// the fuzzer starts from it, too.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>

#include "tests/loadgen/response_corpus.h"

namespace sockmark {
namespace {

void write_all(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  const auto write = [&](const std::string& name, const std::string& bytes) {
    std::ofstream file(folder / name, std::ios::binary);
    file.exceptions(std::ios::failbit);
    file << bytes;
  };
  for (const auto& stream : good_replies()) write(stream.name, stream.bytes);
  for (const auto& stream : bad_replies()) write(stream.name, stream.bytes);
}

}  // namespace
}  // namespace sockmark

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
    return 2;
  }
  try {
    sockmark::write_all(argv[1]);
    return 0;
  } catch (const std::exception& failed) {
    std::fprintf(stderr, "%s: %s\n", argv[0], failed.what());
    return 1;
  }
}
