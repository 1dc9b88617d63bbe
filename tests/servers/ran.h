// A server that is expected to end by itself, and how it did.
#pragma once

#include <string>
#include <vector>

namespace sockmark {

struct Ran {
  int status = -1;  // what it exited with; -1: it did not
  std::string out;
  std::string err;
};

Ran run_to_end(const std::vector<std::string>& argv);

bool is_one_line(const std::string& text);

}  // namespace sockmark
