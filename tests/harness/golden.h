// Comparing a whole text with a file that is kept in tests/golden.
// UPDATE_GOLDEN=1 in the environment writes the files instead.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace sockmark {

inline std::string contents_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  EXPECT_TRUE(file) << "cannot read " << path;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline void expect_same_as_file(const std::string& text,
                                const std::filesystem::path& path) {
  if (std::getenv("UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path) << text;
  }
  EXPECT_EQ(text, contents_of(path))
      << "if the new text is right, keep it: UPDATE_GOLDEN=1 ctest";
}

}  // namespace sockmark
